import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { codesOf, labels } from '../../../i18n/code-lists';
import { AccountFilter } from '../../../shared/lists/account-filter';
import { ChoiceFilter, DateRangeFilter, StatusFilter } from '../../../shared/lists/filters';
import type { ListState } from '../../../shared/lists/list-state';
import { ResourceListPage } from '../../../shared/lists/resource-list-page';
import { UserFilter } from '../../../shared/lists/user-filter';
import { withAccount } from '../account-column';
import { CATEGORIES } from '../categories';
import { POSTING_KINDS, postingColumns } from './posting-columns';

const LIST = {
  filters: [
    'driver_id',
    'lease_id',
    'category',
    'kind',
    'status',
    'period_from',
    'period_to',
    'posted_from',
    'posted_to',
    'posted_by',
  ],
  sort: ['posted_at', 'desc'],
} as const;

interface PostingListProps {
  /** Undefined for the whole ledger, which also has a filter by account */
  readonly account?: { readonly driverId: number; readonly leaseId: number };
  readonly header: ReactNode;
}

export function PostingList({ account, header }: PostingListProps): ReactNode {
  const { t } = useTranslation();
  const ofAccount = account && { driver_id: account.driverId, lease_id: account.leaseId };
  return (
    <ResourceListPage
      path="/api/v1/ledger/postings"
      options={LIST}
      name="postings"
      caption={t('ledger.posting.caption')}
      empty={t('ledger.posting.none')}
      columns={() => (account ? postingColumns(t) : withAccount(postingColumns(t), t))}
      rowKey={({ posting_id }) => posting_id}
      rowHref={({ posting_id }) => `/ledger/postings/${posting_id}`}
      rowTone={({ status }) => (status === 'VOIDED' ? 'quiet' : undefined)}
      toQuery={(query) => ({ ...query, ...ofAccount })}
      exports={{ address: '/api/v1/ledger/postings/export', permission: 'ledger:view' }}
      filters={(state) => (
        <>
          {account === undefined && <AccountFilter state={state} />}
          <Filters state={state} />
        </>
      )}
      header={header}
    />
  );
}

interface FiltersProps {
  readonly state: ListState<(typeof LIST.filters)[number]>;
}

function Filters({ state }: FiltersProps): ReactNode {
  const { t } = useTranslation();
  const kinds = POSTING_KINDS.map((value) => ({ value, label: t(`ledger.posting.kinds.${value}`) }));
  const categories = CATEGORIES.map((value) => ({ value, label: t(`category.${value}`) }));
  return (
    <>
      <ChoiceFilter state={state} name="kind" label={t('ledger.posting.kind')} options={kinds} />
      <ChoiceFilter state={state} name="category" label={t('field.category')} options={categories} />
      <StatusFilter
        state={state}
        name="status"
        label={t('field.status')}
        options={codesOf(labels.posting_status)}
      />
      <DateRangeFilter
        state={state}
        names={['period_from', 'period_to']}
        labels={[t('ledger.posting.weeksFrom'), t('ledger.posting.weeksTo')]}
      />
      <DateRangeFilter
        state={state}
        names={['posted_from', 'posted_to']}
        labels={[t('ledger.posting.postedFrom'), t('ledger.posting.postedTo')]}
      />
      <UserFilter state={state} name="posted_by" label={t('ledger.posting.postedBy')} />
    </>
  );
}
