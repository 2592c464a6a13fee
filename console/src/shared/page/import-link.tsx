import { Button } from '@mantine/core';
import { IconUpload } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Permission } from '../../api/session';
import { usePermission } from '../../api/session';

interface ImportLinkProps {
  readonly to: string;
  readonly permission: Permission;
}

/** From a list to the page that imports its records from a file. */
export function ImportLink({ to, permission }: ImportLinkProps): ReactNode {
  const { t } = useTranslation();
  const isAllowed = usePermission(permission);
  if (!isAllowed) return null;
  return (
    <Button component={Link} to={to} variant="default" leftSection={<IconUpload size={16} aria-hidden />}>
      {t('imports.open')}
    </Button>
  );
}
