import { Text } from '@mantine/core';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { Schemas } from '../../api/client';
import { usePermission } from '../../api/session';
import { NotAllowedPage } from '../../app/error-pages';
import { ActDetails } from '../../shared/act-details';
import { ActTime } from '../../shared/act-time';
import { actName, ChangesInShort } from '../../shared/change-words';
import { DataList } from '../../shared/data-list';
import type { Column } from '../../shared/data-table';
import type { Fact } from '../../shared/facts';
import { formatInstant } from '../../shared/format';
import { keepRows, listQuery, useListState } from '../../shared/list-state';
import { PageHeader } from '../../shared/page-header';
import { UserName } from '../../shared/user-name';
import { AUDIT_FILTERS, AuditFilters } from './audit-filters';
import { RecordLink } from './record-link';

type Entry = Schemas['AuditEntryResponse'];

const LIST = { filters: AUDIT_FILTERS, sort: ['', 'desc'] } as const;

export function AuditPage(): ReactNode {
  return usePermission('audit:view') ? <Audit /> : <NotAllowedPage permissions={['audit:view']} />;
}

function Audit(): ReactNode {
  const { t } = useTranslation();
  const state = useListState(LIST);
  const query = listQuery(state);
  const entries = api.useQuery(
    'get',
    '/api/v1/audit',
    { params: { query } },
    { placeholderData: keepRows(query) },
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
        filters={<AuditFilters state={state} />}
      />
    </div>
  );
}

function columnsOf(t: TFunction): readonly Column<Entry>[] {
  return [
    { key: 'at', title: t('acts.at'), render: ({ at, actor_id }) => <ActTime at={at} by={actor_id} /> },
    {
      key: 'actor',
      title: t('acts.who'),
      from: 'sm',
      render: ({ actor_id }) => (
        <Text inherit span truncate>
          <UserName id={actor_id} />
        </Text>
      ),
    },
    {
      key: 'action',
      title: t('people.audit.action'),
      unbroken: true,
      render: (entry) => (
        <>
          <ActDetails name={actName(t, entry.action)} act={entry} facts={factsOf(entry, t)} />
          <Text inherit component="div" hiddenFrom="sm">
            <RecordLink type={entry.record_type} id={entry.record_id} />
          </Text>
        </>
      ),
    },
    {
      key: 'record',
      title: t('acts.record'),
      unbroken: true,
      from: 'sm',
      render: (entry) => <RecordLink type={entry.record_type} id={entry.record_id} />,
    },
    {
      key: 'changes',
      title: t('acts.changes'),
      from: 'md',
      render: (entry) => <ChangesInShort act={entry} />,
    },
  ];
}

function factsOf(entry: Entry, t: TFunction): readonly Fact[] {
  const { at, actor_id, record_type, record_id, address, request_id } = entry;
  return [
    { label: t('acts.at'), value: formatInstant(at) },
    { label: t('acts.who'), value: <UserName id={actor_id} /> },
    { label: t('acts.record'), value: <RecordLink type={record_type} id={record_id} /> },
    { label: t('acts.address'), value: address },
    { label: t('acts.request'), value: request_id },
  ].filter(({ value }) => value !== null);
}
