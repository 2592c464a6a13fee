import { Checkbox, Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { codesOf, labels } from '../../i18n/code-lists';
import type { Schemas } from '../../api/client';

export type User = Schemas['UserResponse'];
export type Role = User['roles'][number];

export const ROLES: readonly Role[] = codesOf(labels.role);

interface RolesFieldProps {
  readonly roles: readonly Role[];
  readonly onChange: (roles: readonly Role[]) => void;
  readonly error?: ReactNode;
}

export function RolesField({ roles, onChange, error }: RolesFieldProps): ReactNode {
  const { t } = useTranslation();
  return (
    <Checkbox.Group
      label={t('users.roles')}
      error={error}
      value={[...roles]}
      onChange={(chosen) => onChange(ROLES.filter((role) => chosen.includes(role)))}
    >
      <Group mt={4}>
        {ROLES.map((role) => (
          <Checkbox key={role} value={role} label={t(`users.roleNames.${role}`)} />
        ))}
      </Group>
    </Checkbox.Group>
  );
}
