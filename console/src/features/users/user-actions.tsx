import { ActionIcon, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../../api/client';
import { useWrite } from '../../shared/forms/use-write';
import type { User } from './roles-field';

interface UserActionsProps {
  readonly user: User;
  readonly onEdit: () => void;
}

export function UserActions({ user, onEdit }: UserActionsProps): ReactNode {
  const { t } = useTranslation();
  const { name } = user;
  const path = { user_id: user.id };
  const unlocking = useWrite(
    (_: null, key) =>
      client.POST('/api/v1/users/{user_id}/unlock', {
        params: { path, header: { 'Idempotency-Key': key } },
        body: {},
      }),
    { successMessage: () => t('users.actions.unlocked', { name }) },
  );
  const endingSessions = useWrite(
    (_: null, key) =>
      client.POST('/api/v1/users/{user_id}/logout', {
        params: { path, header: { 'Idempotency-Key': key } },
        body: {},
      }),
    { successMessage: () => t('users.actions.loggedOut', { name }) },
  );
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t('users.actions.menu', { name })}>
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={onEdit}>{t('users.actions.edit')}</Menu.Item>
        <Menu.Item disabled={user.locked_until === null} onClick={() => unlocking.mutate(null)}>
          {t('users.actions.unlock')}
        </Menu.Item>
        <Menu.Item disabled={user.active_sessions === 0} onClick={() => endingSessions.mutate(null)}>
          {t('users.actions.logout')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
