import type { SqlRunner } from '../database/page.js';
import type { IntegrityCheck, NodeCheck } from './integrity-checks.js';
import { sealedRows } from './sealed-table.js';
import type { Difference } from './verification-findings.js';

/** A table whose rows change, and whose sealed columns are recorded in sealed_states at each change. */
export interface SealedStates {
  readonly table: string;
  /** What a record is in a difference, such as LOAN */
  readonly kind: string;
  /** Column by which sealed_states names the record */
  readonly record: string;
  /** The sealed columns as arguments of jsonb_build_object, of the row `line`, as the migration has them */
  readonly state: string;
  /**
   * The audit entry that belongs to a change: its record_type, and its record_id as SQL of the row `recorded`. Null where
   * nothing changes a record.
   */
  readonly audited: { readonly recordType: string; readonly recordId: string } | null;
  /** True where making a record has such an entry too, in the same transaction */
  readonly isCreationAudited: boolean;
}

interface PresentState {
  readonly record: string;
  readonly present: string;
  readonly sealed: string | null;
}

const NOTHING_SEALED = 'has no sealed state';

/** The records of the table are as they were sealed last, none is gone, and each change has its entry in the audit log. */
export function sealedStates(sealed: SealedStates): readonly IntegrityCheck[] {
  return [
    { checked: null, records: sealed.table, key: 'id', checks: [recordsAreAsSealed(sealed)] },
    {
      checked: null,
      records: 'sealed_states',
      key: 'id',
      checks: [recordIsThere(sealed), changeIsAudited(sealed)],
    },
  ];
}

/** The rows of sealed_states itself. */
export const SEALED_STATES: IntegrityCheck = sealedRows({
  table: 'sealed_states',
  checked: 'sealed_states',
  kind: 'SEALED_STATE',
  publicId: 'id',
  columns: { id: 'int8', of_table: 'text', record: 'utf8', state: 'utf8', transaction_id: 'int8' },
});

function recordsAreAsSealed({ table, kind, record, state }: SealedStates): NodeCheck {
  const sql = `
    SELECT line.${record}::text AS record, pg_catalog.jsonb_build_object(${state})::text AS present, latest.state AS sealed
    FROM public.${table} AS line
    LEFT JOIN LATERAL (
      SELECT recorded.state::text AS state FROM public.sealed_states AS recorded
      WHERE recorded.of_table = '${table}' AND recorded.record = line.${record}::text
      ORDER BY recorded.id DESC LIMIT 1) AS latest ON true
    WHERE line.id > $1::bigint AND line.id <= $2::bigint ORDER BY line.id`;
  return async (db: SqlRunner, { after, through }) => {
    const records = await db.query<PresentState[]>(sql, [after, through]);
    return records.flatMap((row) => differenceOf(kind, row));
  };
}

function differenceOf(kind: string, { record, present, sealed }: PresentState): Difference[] {
  if (present === sealed) return [];
  if (sealed === null)
    return [{ kind, id: record, message: NOTHING_SEALED, expected: null, actual: present }];
  const [was, is] = [fieldsOf(sealed), fieldsOf(present)];
  const names = Object.keys({ ...was, ...is }).filter((name) => was[name] !== is[name]);
  const shown = (fields: Record<string, string>): string =>
    names.map((name) => `${name} ${fields[name]}`).join(', ');
  const message = `is not as it was sealed last: ${names.join(', ')}`;
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

const recordIsThere = ({ table, kind, record }: SealedStates): string => `
  SELECT '${kind}', recorded.record, 'is gone, and its sealed state is not', recorded.state::text, NULL
  FROM sealed_states AS recorded
  WHERE recorded.id > $1 AND recorded.id <= $2 AND recorded.of_table = '${table}'
    AND NOT EXISTS (SELECT 1 FROM ${table} AS line WHERE line.${record} = ${record === 'id' ? 'recorded.record::integer' : 'recorded.record'})
    AND NOT EXISTS (SELECT 1 FROM sealed_states later
                    WHERE later.of_table = recorded.of_table AND later.record = recorded.record AND later.id > recorded.id)`;

/** The audit entry is written in the transaction that made the change. What the migration recorded has no transaction. */
const changeIsAudited = ({ table, kind, audited, isCreationAudited }: SealedStates): string => `
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
