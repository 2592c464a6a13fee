import { Anchor } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { wordFor } from '../../shared/change-words';
import { UserName } from '../../shared/user-name';

/** Where the records of a kind have their pages */
const PAGES: Readonly<Record<string, string>> = {
  loan: '/loans',
  ledger_posting: '/ledger/postings',
  ledger_balance: '/ledger/balances',
  posting_run: '/posting/runs',
  driver: '/drivers',
  lease: '/leases',
};

/** A record by its kind and id, and the way to it where it has a page. */
export function RecordLink({ type, id }: { readonly type: string; readonly id: string }): ReactNode {
  const { t } = useTranslation();
  if (type === 'user') return <UserName id={parseInt(id, 10)} />;
  const name = `${wordFor(t, `acts.records.${type}`, type)} ${id}`;
  const page = PAGES[type];
  if (page === undefined) return name;
  return (
    <Anchor component={Link} to={`${page}/${id}`} inherit>
      {name}
    </Anchor>
  );
}
