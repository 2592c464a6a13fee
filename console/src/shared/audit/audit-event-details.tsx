import { Anchor, Modal, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './audit-event-details.module.css';
import { ChangeSummary, fieldName, ValueAfter, ValueBefore } from './field-change-text';
import type { FieldChange, RecordChange } from './field-changes';
import { changesBetween } from './field-changes';
import type { Column } from '../lists/data-table';
import { DataTable } from '../lists/data-table';
import type { Detail } from '../values/detail-list';
import { DetailList } from '../values/detail-list';

interface AuditEventDetailsProps {
  /** The label of the button that opens the details */
  readonly label: string;
  readonly details: readonly Detail[];
  readonly change: RecordChange;
}

/** A button that opens the details of an audit event: who changed the record, and each field before and after. */
export function AuditEventDetails({ label, details, change }: AuditEventDetailsProps): ReactNode {
  const { t } = useTranslation();
  const [isOpen, { open, close }] = useDisclosure();
  return (
    <>
      <Anchor
        component="button"
        type="button"
        inherit
        className={classes.name}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onClick={open}
      >
        {label}
      </Anchor>
      {/* narrow screens have no column for the summary */}
      <Text inherit component="div" hiddenFrom="md" className={classes.below}>
        <ChangeSummary change={change} />
      </Text>
      <Modal
        opened={isOpen}
        onClose={close}
        title={<Text fw={650}>{label}</Text>}
        size="xl"
        closeButtonProps={{ 'aria-label': t('write.close') }}
      >
        <Stack gap="md" className={classes.details}>
          <DetailList details={details} />
          <Changes change={change} />
          <details>
            <summary className={classes.summary}>{t('audit.raw')}</summary>
            <pre className={classes.raw} role="region" aria-label={t('audit.raw')} tabIndex={0}>
              {JSON.stringify({ before: change.before, after: change.after }, null, 2)}
            </pre>
          </details>
        </Stack>
      </Modal>
    </>
  );
}

function Changes({ change }: { readonly change: RecordChange }): ReactNode {
  const { t } = useTranslation();
  const changes = changesBetween(change);
  if (changes.length === 0) return <Text c="dimmed">{t('audit.nothing')}</Text>;
  return (
    <DataTable
      caption={t('audit.changes')}
      rows={changes}
      rowKey={({ path }) => path.join('.')}
      columns={columnsOf(change, t)}
    />
  );
}

function columnsOf({ before }: RecordChange, t: TFunction): readonly Column<FieldChange>[] {
  const isNew = before === null;
  const columns: readonly Column<FieldChange>[] = [
    { key: 'field', title: t('audit.field'), render: ({ path }) => fieldName(t, path) },
    { key: 'before', title: t('audit.before'), render: (change) => <ValueBefore change={change} /> },
    {
      key: 'after',
      title: t(isNew ? 'audit.value' : 'audit.after'),
      render: (change) => <ValueAfter change={change} />,
    },
  ];
  return columns.filter(({ key }) => !(isNew && key === 'before'));
}
