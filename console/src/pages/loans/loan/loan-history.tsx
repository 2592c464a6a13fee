import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api/client';
import type { Schemas } from '../../../api/client';
import { DataTable } from '../../../shared/data-table';
import { formatInstant } from '../../../shared/format';
import { QueryState } from '../../../shared/query-state';
import type { StatusName } from '../../../shared/status';
import { UserName } from '../../../shared/user-name';

type Item = Schemas['LoanHistoryItem'];

/** What became of the loan, newest first. */
export function LoanHistory({ loanId }: { readonly loanId: string }): ReactNode {
  const { t } = useTranslation();
  const history = api.useQuery('get', '/api/v1/loans/{loan_id}/history', {
    params: { path: { loan_id: loanId } },
  });
  return (
    <QueryState query={history}>
      {({ items }) => (
        <DataTable
          caption={t('loans.history.caption')}
          rows={items.map((item, index) => ({ ...item, index })).reverse()}
          rowKey={({ index }) => index}
          columns={[
            {
              key: 'at',
              title: t('loans.history.at'),
              render: ({ at }) => <span className="figure">{formatInstant(at)}</span>,
            },
            { key: 'what', title: t('loans.history.what'), render: (item) => whatOf(item, t) },
            { key: 'reason', title: t('loans.history.reason'), render: ({ reason }) => reason },
            { key: 'by', title: t('loans.history.by'), from: 'sm', render: ({ by }) => <UserName id={by} /> },
          ]}
        />
      )}
    </QueryState>
  );
}

function whatOf(item: Item, t: TFunction): string {
  const status = (name: string | null): string => (name === null ? '' : t(`status.${name as StatusName}`));
  if (item.kind === 'AUDIT') {
    const fields = Object.keys(item.after ?? item.before ?? {}).join(', ');
    return `${item.action ?? ''}${fields && ` — ${t('loans.history.changed', { fields })}`}`;
  }
  return item.from === null
    ? t('loans.history.created', { to: status(item.to) })
    : t('loans.history.status', { from: status(item.from), to: status(item.to) });
}
