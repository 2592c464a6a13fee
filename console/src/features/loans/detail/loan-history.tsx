import { Text } from '@mantine/core';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api/client';
import { AuditEventDetails } from '../../../shared/audit/audit-event-details';
import { AuditEventTime } from '../../../shared/audit/audit-event-time';
import { auditActionLabel, ChangeSummary, labelFor } from '../../../shared/audit/field-change-text';
import type { Column } from '../../../shared/lists/data-table';
import { DataTable } from '../../../shared/lists/data-table';
import type { Detail } from '../../../shared/values/detail-list';
import { formatInstant } from '../../../shared/format';
import { QueryState } from '../../../shared/page/query-state';
import { UserName } from '../../../shared/values/user-name';
import type { LoanEvent } from './loan-events';
import { eventsOf } from './loan-events';

/** The events of the loan, newest first. */
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
          // numbered from the oldest, so that a new event does not change the numbers
          rows={eventsOf(items).map((event, index, all) => ({ ...event, number: all.length - index }))}
          rowKey={({ number }) => number}
          columns={columnsOf(t)}
        />
      )}
    </QueryState>
  );
}

function columnsOf(t: TFunction): readonly Column<LoanEvent>[] {
  return [
    { key: 'at', title: t('audit.at'), render: ({ at, by }) => <AuditEventTime at={at} by={by} /> },
    {
      key: 'what',
      title: t('loans.history.what'),
      render: (event) => (
        <>
          <AuditEventDetails label={labelOf(event, t)} change={event} details={detailsOf(event, t)} />
          <Text inherit component="div" hiddenFrom="sm">
            {reasonOf(event, t)}
          </Text>
        </>
      ),
    },
    {
      key: 'changes',
      title: t('audit.changes'),
      from: 'md',
      render: (event) => <ChangeSummary change={event} />,
    },
    { key: 'reason', title: t('field.reason'), from: 'sm', render: (event) => reasonOf(event, t) },
    {
      key: 'by',
      title: t('audit.who'),
      from: 'sm',
      render: ({ by }) => (
        <Text inherit span truncate>
          <UserName id={by} />
        </Text>
      ),
    },
  ];
}

/** A status change has its own label. All other events have the label of the audit log. */
function labelOf({ action, before, after }: LoanEvent, t: TFunction): string {
  const name = auditActionLabel(t, action);
  if (action !== 'loan.status') return name;
  return labelFor(
    t,
    `loans.history.statusChanges.${String(before?.['status'])}.${String(after?.['status'])}`,
    name,
  );
}

/** Leaves out a reason that only repeats the label, for example “created”. */
function reasonOf(event: LoanEvent, t: TFunction): string | null {
  const { reason } = event;
  return reason && labelOf(event, t).toLowerCase().endsWith(reason.toLowerCase()) ? null : reason;
}

function detailsOf(event: LoanEvent, t: TFunction): readonly Detail[] {
  return [
    { label: t('audit.at'), value: formatInstant(event.at) },
    { label: t('audit.who'), value: <UserName id={event.by} /> },
    { label: t('field.reason'), value: reasonOf(event, t) },
  ].filter(({ value }) => value !== null);
}
