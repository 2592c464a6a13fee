import type { SqlRunner } from '../database/page.js';
import type { IntegrityCheck, NodeCheck } from './integrity-checks.js';
import { sealedRows } from './sealed-table.js';
import type { Difference } from './verification-findings.js';

/** A table with mutable rows. Each change of its sealed columns is recorded in sealed_states. */
export interface SealedStates {
  readonly table: string;
  /** The kind of a record in a difference, for example LOAN */
  readonly kind: string;
  /** The column whose value sealed_states uses as the record id */
  readonly record: string;
  /** The sealed columns as arguments of jsonb_build_object, on the row `line`, as in the migration */
  readonly state: string;
  /**
   * The matching audit entry of a change: its record_type, and its record_id as SQL on the row `recorded`. Null if
   * records never change, or if the service changes them without a user.
   */
  readonly audited: { readonly recordType: string; readonly recordId: string } | null;
  /** Whether creating a record also has an audit entry in the same transaction */
  readonly isCreationAudited: boolean;
  /** Whether the service changes records without a user, so that their changes have no audit entry. Default: false */
  readonly isChangedByService?: boolean;
  /** SQL condition on the row `recorded` for records that may be deleted. Default: none */
  readonly mayBeGone?: string;
}

interface CurrentState {
  readonly record: string;
  readonly current: string;
  readonly sealed: string | null;
}

const NOTHING_SEALED = 'has no sealed state';

/** Checks that each record exists and matches its last sealed state, and that each change has an audit entry. */
export function sealedStates(sealed: SealedStates): readonly IntegrityCheck[] {
  return [
    { checked: null, records: sealed.table, key: 'id', checks: [checkRecords(sealed)] },
    {
      checked: null,
      records: 'sealed_states',
      key: 'id',
      checks: [missingRecords(sealed), ...(sealed.isChangedByService ? [] : [unauditedChanges(sealed)])],
    },
  ];
}

/** Checks the rows of sealed_states itself. */
export const SEALED_STATES: IntegrityCheck = sealedRows({
  table: 'sealed_states',
  checked: 'sealed_states',
  kind: 'SEALED_STATE',
  publicId: 'id',
  columns: { id: 'int8', of_table: 'text', record: 'utf8', state: 'utf8', transaction_id: 'int8' },
});

function checkRecords({ table, kind, record, state }: SealedStates): NodeCheck {
  const sql = `
    SELECT line.${record}::text AS record, pg_catalog.jsonb_build_object(${state})::text AS current, latest.state AS sealed
    FROM public.${table} AS line
    LEFT JOIN LATERAL (
      SELECT recorded.state::text AS state FROM public.sealed_states AS recorded
      WHERE recorded.of_table = '${table}' AND recorded.record = line.${record}::text
      ORDER BY recorded.id DESC LIMIT 1) AS latest ON true
    WHERE line.id > $1::bigint AND line.id <= $2::bigint ORDER BY line.id`;
  return async (db: SqlRunner, { after, through }) => {
    const records = await db.query<CurrentState[]>(sql, [after, through]);
    return records.flatMap((row) => differenceOf(kind, row));
  };
}

function differenceOf(kind: string, { record, current, sealed }: CurrentState): Difference[] {
  if (current === sealed) return [];
  if (sealed === null)
    return [{ kind, id: record, message: NOTHING_SEALED, expected: null, actual: current }];
  const [was, is] = [fieldsOf(sealed), fieldsOf(current)];
  const names = Object.keys({ ...was, ...is }).filter((name) => was[name] !== is[name]);
  const shown = (fields: Record<string, string>): string =>
    names.map((name) => `${name} ${fields[name]}`).join(', ');
  const message = `differs from its last sealed state: ${names.join(', ')}`;
  return [{ kind, id: record, message, expected: shown(was), actual: shown(is) }];
}

function fieldsOf(state: string): Record<string, string> {
  const fields = JSON.parse(state) as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  );
}

const missingRecords = ({ table, kind, record, mayBeGone = 'false' }: SealedStates): string => `
  SELECT '${kind}', recorded.record, 'is missing, but its sealed state exists', recorded.state::text, NULL
  FROM sealed_states AS recorded
  WHERE recorded.id > $1 AND recorded.id <= $2 AND recorded.of_table = '${table}' AND NOT (${mayBeGone})
    AND NOT EXISTS (SELECT 1 FROM ${table} AS line WHERE line.${record} = ${record === 'id' ? 'recorded.record::bigint' : 'recorded.record'})
    AND NOT EXISTS (SELECT 1 FROM sealed_states later
                    WHERE later.of_table = recorded.of_table AND later.record = recorded.record AND later.id > recorded.id)`;

/**
 * The audit entry is in the same transaction as the change. States that the migration recorded have no transaction
 * id.
 */
const unauditedChanges = ({ table, kind, audited, isCreationAudited }: SealedStates): string => `
  SELECT '${kind}', recorded.record, 'was changed without an entry in the audit log', NULL, recorded.state::text
  FROM sealed_states AS recorded
  WHERE recorded.id > $1 AND recorded.id <= $2 AND recorded.of_table = '${table}'
    AND (${isCreationAudited} AND recorded.transaction_id IS NOT NULL
      OR EXISTS (SELECT 1 FROM sealed_states earlier
                 WHERE earlier.of_table = recorded.of_table AND earlier.record = recorded.record
                   AND earlier.id < recorded.id))
    AND NOT ${audited ? hasEntry(audited) : false}`;

const hasEntry = ({ recordType, recordId }: NonNullable<SealedStates['audited']>): string => `
  EXISTS (SELECT 1 FROM audit_log entry
          WHERE entry.record_type = '${recordType}' AND entry.record_id = ${recordId}
            AND entry.transaction_id = recorded.transaction_id)`;
