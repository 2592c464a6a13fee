import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../api/session';
import { findUserName } from './user-names';

/** Names rarely change, so a loaded name is shown on all pages for this long. */
const CACHED_MS = 60 * 60_000;

/** The name of a user whose id is in a record. Shows the id until the name is loaded. */
export function UserName({ id }: { readonly id: number | null }): ReactNode {
  const { t } = useTranslation();
  const { profile } = useSession();
  const isOwn = profile?.id === id;
  const name = useQuery({
    queryKey: ['user-name', id],
    queryFn: () => (id === null ? null : findUserName(id)),
    enabled: id !== null && !isOwn,
    staleTime: CACHED_MS,
    gcTime: CACHED_MS,
  });
  if (id === null) return t('field.system');
  return (isOwn ? profile?.name : name.data) ?? t('field.user', { id });
}
