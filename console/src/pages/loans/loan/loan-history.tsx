import { Text } from '@mantine/core';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api/client';
import { ActDetails } from '../../../shared/act-details';
import { ActTime } from '../../../shared/act-time';
import { actName, ChangesInShort, wordFor } from '../../../shared/change-words';
import type { Column } from '../../../shared/data-table';
import { DataTable } from '../../../shared/data-table';
import type { Fact } from '../../../shared/facts';
import { formatInstant } from '../../../shared/format';
import { QueryState } from '../../../shared/query-state';
import { UserName } from '../../../shared/user-name';
import type { LoanEvent } from './loan-events';
import { eventsOf } from './loan-events';

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
          // numbered from the oldest, so that each keeps its number
          rows={eventsOf(items).map((event, place, all) => ({ ...event, number: all.length - place }))}
          rowKey={({ number }) => number}
          columns={columnsOf(t)}
        />
      )}
    </QueryState>
  );
}

function columnsOf(t: TFunction): readonly Column<LoanEvent>[] {
  return [
    { key: 'at', title: t('acts.at'), render: ({ at, by }) => <ActTime at={at} by={by} /> },
    {
      key: 'what',
      title: t('loans.history.what'),
      render: (event) => (
        <>
          <ActDetails name={whatOf(event, t)} act={event} facts={factsOf(event, t)} />
          <Text inherit component="div" hiddenFrom="sm">
            {reasonOf(event, t)}
          </Text>
        </>
      ),
    },
    {
      key: 'changes',
      title: t('acts.changes'),
      from: 'md',
      render: (event) => <ChangesInShort act={event} />,
    },
    { key: 'reason', title: t('field.reason'), from: 'sm', render: (event) => reasonOf(event, t) },
    {
      key: 'by',
      title: t('acts.who'),
      from: 'sm',
      render: ({ by }) => (
        <Text inherit span truncate>
          <UserName id={by} />
        </Text>
      ),
    },
  ];
}

/** A step from one status to another has a name of its own, every other act that of the audit log. */
function whatOf({ action, before, after }: LoanEvent, t: TFunction): string {
  const name = actName(t, action);
  if (action !== 'loan.status') return name;
  return wordFor(t, `loans.history.steps.${String(before?.['status'])}.${String(after?.['status'])}`, name);
}

/** That a loan was created because it was created goes without saying. */
function reasonOf(event: LoanEvent, t: TFunction): string | null {
  const { reason } = event;
  return reason && whatOf(event, t).toLowerCase().endsWith(reason.toLowerCase()) ? null : reason;
}

function factsOf(event: LoanEvent, t: TFunction): readonly Fact[] {
  return [
    { label: t('acts.at'), value: formatInstant(event.at) },
    { label: t('acts.who'), value: <UserName id={event.by} /> },
    { label: t('field.reason'), value: reasonOf(event, t) },
  ].filter(({ value }) => value !== null);
}
