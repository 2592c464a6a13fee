import { Button } from '@mantine/core';
import { IconUpload } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { usePermission } from '../../api/session';
import type { ImportKind } from './import-kinds';
import { IMPORTS } from './import-kinds';

/** On a list: to the page that fills it from a file. */
export function ImportButton({ kind }: { readonly kind: ImportKind }): ReactNode {
  const { t } = useTranslation();
  const { list, permission } = IMPORTS[kind];
  const isAllowed = usePermission(permission);
  if (!isAllowed) return null;
  return (
    <Button
      component={Link}
      to={`${list}/import`}
      variant="default"
      leftSection={<IconUpload size={16} aria-hidden />}
    >
      {t('imports.open')}
    </Button>
  );
}
