import type { ReactNode } from 'react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { DataList } from '../../shared/data-list';
import { AccountFilter } from '../../shared/account-filter';
import { ChoiceFilter, DateRangeFilter, StatusFilter } from '../../shared/filters';
import { keepRows, listQuery, useListState } from '../../shared/list-state';
import { UserFilter } from '../../shared/user-filter';
import { withAccount } from './account-column';
import { CATEGORIES } from './categories';
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
  /** Of this account alone; else of the whole ledger, with a filter by driver */
  readonly account?: { readonly driverId: number; readonly leaseId: number };
}

export function PostingList({ account }: PostingListProps): ReactNode {
  const { t } = useTranslation();
  const state = useListState(LIST);
  const query = {
    ...listQuery(state),
    ...(account && { driver_id: account.driverId, lease_id: account.leaseId }),
  };
  const postings = api.useQuery(
    'get',
    '/api/v1/ledger/postings',
    { params: { query } },
    { placeholderData: keepRows(query) },
  );
  const isOfAll = account === undefined;
  const columns = useMemo(
    () => (isOfAll ? withAccount(postingColumns(t), t) : postingColumns(t)),
    [t, isOfAll],
  );
  const kinds = POSTING_KINDS.map((value) => ({ value, label: t(`ledger.posting.kinds.${value}`) }));
  return (
    <DataList
      name="postings"
      caption={t('ledger.posting.caption')}
      columns={columns}
      state={state}
      query={postings}
      rowKey={({ posting_id }) => posting_id}
      rowHref={({ posting_id }) => `/ledger/postings/${posting_id}`}
      rowTone={({ status }) => (status === 'VOIDED' ? 'quiet' : undefined)}
      empty={t('ledger.posting.none')}
      exports={{ address: '/api/v1/ledger/postings/export', query, permission: 'ledger:view' }}
      filters={
        <>
          {isOfAll && <AccountFilter state={state} />}
          <ChoiceFilter state={state} name="kind" label={t('ledger.posting.kind')} options={kinds} />
          <ChoiceFilter
            state={state}
            name="category"
            label={t('field.category')}
            options={CATEGORIES.map((value) => ({ value, label: t(`category.${value}`) }))}
          />
          <StatusFilter
            state={state}
            name="status"
            label={t('field.status')}
            options={['POSTED', 'VOIDED']}
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
      }
    />
  );
}
