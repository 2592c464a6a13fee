import { Text } from '@mantine/core';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../api/client';
import { usePermission } from '../../api/session';
import { AuditEventDetails } from '../../shared/audit/audit-event-details';
import { AuditEventTime } from '../../shared/audit/audit-event-time';
import { auditActionLabel, ChangeSummary } from '../../shared/audit/field-change-text';
import { formatInstant } from '../../shared/format';
import type { Column } from '../../shared/lists/data-table';
import { ResourceListPage } from '../../shared/lists/resource-list-page';
import { NotAllowedPage } from '../../shared/page/error-pages';
import { PageHeader } from '../../shared/page/page-header';
import type { Detail } from '../../shared/values/detail-list';
import { UserName } from '../../shared/values/user-name';
import { AUDIT_FILTERS, AuditFilters } from './audit-filters';
import { RecordLink } from './record-link';

type Entry = Schemas['AuditEntryResponse'];

const LIST = { filters: AUDIT_FILTERS, sort: ['', 'desc'] } as const;

export function AuditPage(): ReactNode {
  return usePermission('audit:view') ? <Audit /> : <NotAllowedPage permissions={['audit:view']} />;
}

function Audit(): ReactNode {
  const { t } = useTranslation();
  return (
    <ResourceListPage
      path="/api/v1/audit"
      options={LIST}
      name="audit"
      caption={t('audit.title')}
      empty={t('audit.none')}
      columns={columnsOf}
      rowKey={({ id }) => id}
      filters={(state) => <AuditFilters state={state} />}
      header={<PageHeader title={t('audit.title')} description={t('audit.description')} />}
    />
  );
}

function columnsOf(t: TFunction): readonly Column<Entry>[] {
  return [
    {
      key: 'at',
      title: t('audit.at'),
      render: ({ at, actor_id }) => <AuditEventTime at={at} by={actor_id} />,
    },
    {
      key: 'actor',
      title: t('audit.who'),
      from: 'sm',
      render: ({ actor_id }) => (
        <Text inherit span truncate>
          <UserName id={actor_id} />
        </Text>
      ),
    },
    {
      key: 'action',
      title: t('audit.action'),
      unbroken: true,
      render: (entry) => (
        <>
          <AuditEventDetails
            label={auditActionLabel(t, entry.action)}
            change={entry}
            details={detailsOf(entry, t)}
          />
          <Text inherit component="div" hiddenFrom="sm" style={{ whiteSpace: 'normal' }}>
            <RecordLink type={entry.record_type} id={entry.record_id} />
          </Text>
        </>
      ),
    },
    {
      key: 'record',
      title: t('audit.record'),
      unbroken: true,
      from: 'sm',
      render: (entry) => <RecordLink type={entry.record_type} id={entry.record_id} />,
    },
    {
      key: 'changes',
      title: t('audit.changes'),
      from: 'md',
      render: (entry) => <ChangeSummary change={entry} />,
    },
  ];
}

function detailsOf(entry: Entry, t: TFunction): readonly Detail[] {
  const { at, actor_id, record_type, record_id, address, request_id } = entry;
  return [
    { label: t('audit.at'), value: formatInstant(at) },
    { label: t('audit.who'), value: <UserName id={actor_id} /> },
    { label: t('audit.record'), value: <RecordLink type={record_type} id={record_id} /> },
    { label: t('audit.address'), value: address },
    { label: t('audit.request'), value: request_id },
  ].filter(({ value }) => value !== null);
}
