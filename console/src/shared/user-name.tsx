import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../api/session';
import { nameOfUser } from './user-names';

/** Names seldom change: one that was read is shown for so long, on whatever page. */
const KEPT = 60 * 60_000;

/** Who did it: the records name users by id. The number stands there until the name is known. */
export function UserName({ id }: { readonly id: number | null }): ReactNode {
  const { t } = useTranslation();
  const { profile } = useSession();
  const isOwn = profile?.id === id;
  const name = useQuery({
    queryKey: ['user-name', id],
    queryFn: () => (id === null ? null : nameOfUser(id)),
    enabled: id !== null && !isOwn,
    staleTime: KEPT,
    gcTime: KEPT,
  });
  if (id === null) return t('field.system');
  return (isOwn ? profile?.name : name.data) ?? t('field.user', { id });
}
