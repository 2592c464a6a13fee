import { keepPreviousData } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { Schemas } from '../../api/client';
import { usePermission } from '../../api/session';
import { NotAllowedPage } from '../../app/error-pages';
import { DataList } from '../../shared/data-list';
import type { Column } from '../../shared/data-table';
import { TextFilter } from '../../shared/filters';
import { formatInstant } from '../../shared/format';
import { listQuery, useListState } from '../../shared/list-state';
import { PageHeader } from '../../shared/page-header';
import { UserName } from '../../shared/user-name';

type Entry = Schemas['AuditEntryResponse'];

const LIST = { filters: ['record_type', 'record_id', 'action', 'actor_id'], sort: ['', 'desc'] } as const;

export function AuditPage(): ReactNode {
  return usePermission('audit:view') ? <Audit /> : <NotAllowedPage permissions={['audit:view']} />;
}

function Audit(): ReactNode {
  const { t } = useTranslation();
  const state = useListState(LIST);
  const entries = api.useQuery(
    'get',
    '/api/v1/audit',
    { params: { query: listQuery(state) } },
    { placeholderData: keepPreviousData },
  );
  const columns = useMemo(() => columnsOf(t), [t]);
  return (
    <div>
      <PageHeader title={t('people.audit.title')} lead={t('people.audit.lead')} />
      <DataList
        name="audit"
        caption={t('people.audit.title')}
        columns={columns}
        state={state}
        query={entries}
        rowKey={({ id }) => id}
        empty={t('people.audit.none')}
        filters={
          <>
            <TextFilter state={state} name="record_type" label={t('people.audit.recordType')} />
            <TextFilter state={state} name="record_id" label={t('people.audit.recordId')} />
            <TextFilter state={state} name="action" label={t('people.audit.action')} />
          </>
        }
      />
    </div>
  );
}

function columnsOf(t: TFunction): readonly Column<Entry>[] {
  return [
    {
      key: 'at',
      title: t('people.audit.at'),
      render: ({ at }) => <span className="figure">{formatInstant(at)}</span>,
    },
    { key: 'actor', title: t('people.audit.actor'), render: ({ actor_id }) => <UserName id={actor_id} /> },
    { key: 'action', title: t('people.audit.action'), render: ({ action }) => action },
    {
      key: 'record',
      title: t('people.audit.record'),
      from: 'sm',
      render: ({ record_type, record_id }) => `${record_type} ${record_id}`,
    },
    { key: 'changes', title: t('people.audit.changes'), from: 'md', render: (entry) => changesOf(entry) },
    { key: 'address', title: t('people.audit.address'), optional: true, render: ({ address }) => address },
    { key: 'request', title: t('people.audit.request'), optional: true, render: (entry) => entry.request_id },
  ];
}

/** Field by field: what was, what is. */
function changesOf({ before, after }: Entry): ReactNode {
  const [old, now] = [before ?? {}, after ?? {}] as Record<string, unknown>[];
  const show = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
  return Object.keys({ ...old, ...now }).map((field) => (
    <div key={field} style={{ overflowWrap: 'anywhere' }}>
      <span className="quiet">{field}: </span>
      {old?.[field] !== undefined && `${show(old[field])} → `}
      {now?.[field] === undefined ? '—' : show(now[field])}
    </div>
  ));
}
