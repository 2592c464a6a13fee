import { Button, Checkbox, Group, Text } from '@mantine/core';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api/client';
import type { Schemas } from '../../../api/client';
import { EmptyList } from '../../../shared/lists/empty-list';
import type { Column } from '../../../shared/lists/data-table';
import { DataTable } from '../../../shared/lists/data-table';
import { ExportButton } from '../../../shared/lists/export-button';
import { StatGrid } from '../../../shared/values/stat-grid';
import { DateRangeFilter } from '../../../shared/lists/filters';
import { formatCount, formatDate, formatDollars, isZero } from '../../../shared/format';
import type { ListState } from '../../../shared/lists/list-state';
import { useListState } from '../../../shared/lists/list-state';
import { Money } from '../../../shared/values/money';
import { PageHeader } from '../../../shared/page/page-header';
import { QueryState } from '../../../shared/page/query-state';
import { LedgerTabs } from '../ledger-tabs';

type Receipts = Schemas['ReceiptsResponse'];
type Row = Schemas['ReceiptsRowResponse'];

const LIST = { filters: ['from', 'to', 'group_by'], sort: ['', 'desc'] } as const;
const GROUPS = ['day', 'method', 'posted_by', 'category'] as const;

type Grouping = (typeof GROUPS)[number];

const RECEIPTS = '/api/v1/ledger/reports/receipts';

/** Money received and refunded, without voided postings. */
export function ReceiptsPage(): ReactNode {
  const { t } = useTranslation();
  const state = useListState(LIST);
  const { from, to } = state.filters;
  const groups = groupsOf(state.filters.group_by);
  const receipts = api.useQuery('get', RECEIPTS, {
    params: { query: { from, to, group_by: [...groups] } },
  });
  return (
    <div>
      <PageHeader
        title={t('ledger.receipts.caption')}
        description={t('ledger.receipts.description')}
        actions={
          <>
            <ExportButton
              target={{
                address: `${RECEIPTS}/export`,
                query: { from, to, group_by: groups.join() },
                permission: 'ledger:view',
              }}
            />
            <Button variant="default" onClick={() => window.print()}>
              {t('ledger.statement.print')}
            </Button>
          </>
        }
      />
      <LedgerTabs />
      <Filters state={state} groups={groups} />
      <QueryState query={receipts}>{(report) => <Report report={report} />}</QueryState>
    </div>
  );
}

/** In the order of the columns. By default the report is grouped by method. */
function groupsOf(chosen = ''): readonly Grouping[] {
  const groups = GROUPS.filter((group) => chosen.split(',').includes(group));
  return groups.length > 0 ? groups : ['method'];
}

interface FiltersProps {
  readonly state: ListState<(typeof LIST.filters)[number]>;
  readonly groups: readonly Grouping[];
}

function Filters({ state, groups }: FiltersProps): ReactNode {
  const { t } = useTranslation();
  return (
    <Group
      align="flex-end"
      gap="md"
      mb="md"
      role="search"
      aria-label={t('ledger.receipts.caption')}
      className="no-print"
    >
      <DateRangeFilter state={state} names={['from', 'to']} labels={[t('list.from'), t('list.to')]} />
      <Checkbox.Group
        label={t('ledger.receipts.groupBy')}
        value={[...groups]}
        onChange={(chosen) => state.setFilters({ group_by: groupsOf(chosen.join()).join() })}
      >
        <Group gap="md" mih={36}>
          {GROUPS.map((group) => (
            <Checkbox key={group} value={group} label={t(`ledger.receipts.groups.${group}`)} />
          ))}
        </Group>
      </Checkbox.Group>
    </Group>
  );
}

function Report({ report }: { readonly report: Receipts }): ReactNode {
  const { t } = useTranslation();
  const { from, to, totals, rows } = report;
  const days = { from: formatDate(from), to: formatDate(to) };
  const caption = from === to ? days.from : t('ledger.receipts.days', days);
  return (
    <>
      <StatGrid
        stats={[
          { label: t('ledger.receipts.period'), value: caption },
          {
            label: t('ledger.receipts.received'),
            value: formatDollars(totals.received),
            note: t('ledger.receipts.receipts', { count: totals.receipts }),
          },
          {
            label: t('ledger.receipts.refunded'),
            value: formatDollars(totals.refunded),
            note: t('ledger.receipts.refunds', { count: totals.refunds }),
          },
        ]}
      />
      {rows.length === 0 ? (
        <EmptyList>{t('ledger.receipts.none')}</EmptyList>
      ) : (
        <DataTable
          caption={t('ledger.receipts.caption')}
          columns={columnsOf(report, t)}
          rows={rows.map((row, index) => ({ ...row, index }))}
          rowKey={({ index }) => index}
        />
      )}
    </>
  );
}

function columnsOf({ group_by: groups, totals }: Receipts, t: TFunction): readonly Column<Row>[] {
  return [
    ...groups.map((group, index) => ({
      key: group,
      title: t(`ledger.receipts.groups.${group}`),
      unbroken: group === 'day',
      render: (row: Row) => groupLabel(row, group, t),
      footer: index === 0 ? t('loans.schedule.sum') : undefined,
    })),
    {
      key: 'receipts',
      title: t('ledger.receipts.count'),
      numeric: true,
      from: 'sm',
      render: ({ receipts }) => formatCount(receipts),
      // a receipt can be in several rows, but counts only once in the total
      footer: formatCount(totals.receipts),
    },
    {
      key: 'received',
      title: t('ledger.receipts.received'),
      numeric: true,
      render: (row) => <Received amounts={row} />,
      footer: <Received amounts={totals} />,
    },
    {
      key: 'refunded',
      title: t('ledger.receipts.refunded'),
      numeric: true,
      from: 'sm',
      render: ({ refunded }) => <Money amount={refunded} quietZero />,
      footer: <Money amount={totals.refunded} />,
    },
  ];
}

/** The money received. Narrow screens also show the refunds here. */
function Received({
  amounts,
}: {
  readonly amounts: Pick<Receipts['totals'], 'received' | 'refunded'>;
}): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      <Money amount={amounts.received} quietZero />
      {!isZero(amounts.refunded) && (
        <Text size="xs" c="dimmed" hiddenFrom="sm">
          {t('ledger.receipts.refunded')} {formatDollars(amounts.refunded)}
        </Text>
      )}
    </>
  );
}

/** The label of the row in the column of a grouping. */
function groupLabel(row: Row, group: Grouping, t: TFunction): ReactNode {
  switch (group) {
    case 'day':
      return row.day && formatDate(row.day);
    case 'method':
      return row.method === null ? t('ledger.receipts.noMethod') : t(`ledger.posting.methods.${row.method}`);
    case 'posted_by':
      return row.posted_by_name ?? t('field.system');
    case 'category':
      return row.category === null || row.category === 'CREDIT'
        ? t('ledger.receipts.credit')
        : t(`category.${row.category}`);
  }
}
