import { Anchor } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { labelFor } from '../../shared/audit/field-change-text';
import { UserName } from '../../shared/values/user-name';

/** The pages of each type of record */
const PAGES: Readonly<Record<string, string>> = {
  loan: '/loans',
  ledger_posting: '/ledger/postings',
  ledger_balance: '/ledger/balances',
  posting_run: '/posting/runs',
  settlement_run: '/settlement',
  driver: '/drivers',
  lease: '/leases',
};

/** The type and id of a record, as a link if the record has a page. */
export function RecordLink({ type, id }: { readonly type: string; readonly id: string }): ReactNode {
  const { t } = useTranslation();
  if (type === 'user') return <UserName id={parseInt(id, 10)} />;
  const name = `${labelFor(t, `audit.records.${type}`, type)} ${id}`;
  const page = PAGES[type];
  if (page === undefined) return name;
  return (
    <Anchor component={Link} to={`${page}/${id}`} inherit>
      {name}
    </Anchor>
  );
}
