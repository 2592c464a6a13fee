import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../api/session';

/** Who did it, as far as the API says: records name users by id, and no more than that is known here. */
export function UserName({ id }: { readonly id: number | null }): ReactNode {
  const { t } = useTranslation();
  const { profile } = useSession();
  if (id === null) return t('field.system');
  return profile?.id === id ? profile.name : t('field.user', { id });
}
