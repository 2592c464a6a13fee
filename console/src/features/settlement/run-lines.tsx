import { Anchor, Text } from '@mantine/core';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { codesOf, labels } from '../../i18n/code-lists';
import { api } from '../../api/client';
import type { Schemas } from '../../api/client';
import { DataList } from '../../shared/lists/data-list';
import type { Column } from '../../shared/lists/data-table';
import { StatusFilter, TextFilter } from '../../shared/lists/filters';
import { keepPreviousRows, listQuery, useListState } from '../../shared/lists/list-state';
import { Money } from '../../shared/values/money';
import { Status } from '../../shared/values/status';
import { REFRESH_MS } from './run-progress';

type Line = Schemas['SettlementLineResponse'];

const LIST = { filters: ['q', 'status'], sort: ['', 'asc'] } as const;

/** The lines of a run. Their export is the net sheet: what each driver is paid out. */
export function RunLines({ run }: { readonly run: Schemas['SettlementRunResponse'] }): ReactNode {
  const { t } = useTranslation();
  const { run_id } = run;
  const state = useListState(LIST);
  const query = listQuery(state);
  const lines = api.useQuery(
    'get',
    '/api/v1/ledger/settlement-runs/{run_id}/lines',
    { params: { path: { run_id }, query } },
    {
      placeholderData: keepPreviousRows(query),
      refetchInterval: run.status === 'RUNNING' ? REFRESH_MS : false,
    },
  );
  return (
    <DataList
      name="settlement-lines"
      caption={t('settlement.line.caption')}
      empty={t('settlement.line.none')}
      columns={columnsOf(t)}
      state={state}
      query={lines}
      rowKey={({ line_number }) => line_number}
      rowHref={({ driver_id: id }) => (id === null ? undefined : `/drivers/${id}`)}
      rowTone={({ status }) => (status === 'VOIDED' ? 'quiet' : undefined)}
      exports={{
        address: `/api/v1/ledger/settlement-runs/${run_id}/lines/export`,
        query,
        permission: 'ledger:view',
      }}
      filters={
        <>
          <TextFilter
            state={state}
            name="q"
            label={t('list.search')}
            placeholder={t('settlement.line.search')}
          />
          <StatusFilter
            state={state}
            name="status"
            label={t('field.status')}
            options={codesOf(labels.settlement_line_status)}
          />
        </>
      }
    />
  );
}

function columnsOf(t: TFunction): readonly Column<Line>[] {
  return [
    {
      key: 'driver',
      title: t('field.driver'),
      render: (line) => <DriverCell line={line} />,
    },
    {
      key: 'line',
      title: t('settlement.line.number'),
      numeric: true,
      from: 'md',
      render: ({ line_number }) => line_number,
    },
    { key: 'reference', title: t('field.reference'), from: 'md', render: ({ source_id }) => source_id },
    { key: 'status', title: t('field.status'), from: 'sm', render: (line) => <StatusCell line={line} /> },
    {
      key: 'posting',
      title: t('settlement.line.posting'),
      from: 'md',
      render: ({ posting_id: id }) =>
        id !== null && (
          <Anchor component={Link} to={`/ledger/postings/${id}`} inherit className="figure">
            {id}
          </Anchor>
        ),
    },
    {
      key: 'earnings',
      title: t('settlement.earnings'),
      numeric: true,
      from: 'sm',
      render: ({ amount }) => amount !== null && <Money amount={amount} />,
    },
    {
      key: 'minimum',
      title: t('settlement.line.minimum'),
      numeric: true,
      optional: true,
      render: ({ min_take_home }) => <Money amount={min_take_home} quietZero />,
    },
    {
      key: 'applied',
      title: t('settlement.applied'),
      numeric: true,
      render: ({ applied }) => <Money amount={applied} quietZero />,
    },
    {
      key: 'net',
      title: t('settlement.net'),
      numeric: true,
      render: ({ net }) => <Money amount={net} quietZero />,
    },
  ];
}

/** The driver with the TLC number. Narrow screens also show the status here. */
function DriverCell({ line }: { readonly line: Line }): ReactNode {
  const { t } = useTranslation();
  const { driver_id, driver_name, tlc_license_number: tlc } = line;
  return (
    <>
      {driver_id === null ? (
        <span className="quiet">{t('settlement.line.unknownDriver')}</span>
      ) : (
        <Anchor component={Link} to={`/drivers/${driver_id}`} inherit>
          {driver_name}
        </Anchor>
      )}
      <br />
      <span className="quiet figure">{tlc}</span>
      <Text component="div" inherit hiddenFrom="sm">
        <StatusCell line={line} />
      </Text>
    </>
  );
}

function StatusCell({ line: { status, error } }: { readonly line: Line }): ReactNode {
  return (
    <>
      <Status of={status} />
      {error !== null && (
        <Text size="xs" c="dimmed">
          {error.message}
        </Text>
      )}
    </>
  );
}
