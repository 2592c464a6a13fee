import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { SqlRunner } from '../database/page.js';
import type { IntegrityCheck, NodeCheck } from './integrity-checks.js';
import { encodeRecord } from './record-encoding.js';
import type { Field, FieldType } from './record-encoding.js';
import type { Difference } from './verification-findings.js';

/** Sealed columns by their names, in the order in which row_hash_of hashes them. */
export type SealedColumns = Readonly<Record<string, FieldType>>;

export type RawRow = Readonly<Record<string, string | Uint8Array | null>>;

/** A table whose rows carry a hash and are named by seals. */
export interface SealedTable {
  readonly table: string;
  /** What its rows are called in the answer; null where they are counted elsewhere */
  readonly checked: string | null;
  /** What a row is in a difference, such as POSTING */
  readonly kind: string;
  /** Sealed column by which people know the row */
  readonly publicId: string;
  /** All sealed columns, of every version */
  readonly columns: SealedColumns;
  /** What a row is hashed as, where that is not the table's name with version 1 and all its columns */
  readonly versionOf?: (row: RawRow) => { readonly version: number; readonly columns: SealedColumns };
  /** Cost of a row, as SQL, where rows can be large */
  readonly weight?: string;
}

/** After how many rows other work of the process gets its turn */
const ROWS_A_TURN = 1_000;

const CHANGED = 'was changed after it was written: its hash is another';

/** The rows of the table: each has the hash of what it holds now, and exactly one seal names it. */
export function sealedRows(sealed: SealedTable): IntegrityCheck {
  const { table, checked, kind, publicId, weight } = sealed;
  return {
    checked,
    records: table,
    key: 'id',
    ...(weight === undefined ? {} : { weight }),
    checks: [rowsHold(sealed), sealedOnce(kind, table, publicId)],
  };
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** What SQL reads for a sealed column: text, or the bytes of a bytea. */
export function rawColumns(columns: SealedColumns): string {
  return Object.entries(columns)
    .map(([name, type]) => (type === 'bytea' ? name : `${name}::text AS ${name}`))
    .join(', ');
}

/** The hash of a row as the database writes it, computed from its raw columns. */
export function hashRow(label: string, columns: SealedColumns, row: RawRow): string {
  const fields = Object.entries(columns).map(([name, type]): Field => ({ type, value: row[name] ?? null }));
  return sha256(encodeRecord([{ type: 'text', value: label }, ...fields]));
}

function rowsHold({ table, kind, publicId, columns, versionOf }: SealedTable): NodeCheck {
  const sql = `
    SELECT pg_catalog.encode(row_hash, 'hex') AS row_hash, ${rawColumns(columns)}
    FROM public.${table} WHERE id > $1::bigint AND id <= $2::bigint ORDER BY ${table}.id`;
  return async (db: SqlRunner, { after, through }) => {
    const rows = await db.query<RawRow[]>(sql, [after, through]);
    const differences: Difference[] = [];
    for (const [index, row] of rows.entries()) {
      if (index % ROWS_A_TURN === ROWS_A_TURN - 1) await nextTurn();
      const { version, columns: hashed } = versionOf?.(row) ?? { version: 1, columns };
      const actual = hashRow(`${table} ${version}`, hashed, row);
      const expected = row['row_hash'] as string | null;
      if (actual !== expected)
        differences.push({ kind, id: String(row[publicId]), message: CHANGED, expected, actual });
    }
    return differences;
  };
}

/** The ids of the stretch that the multiranges of a table name, each with how many name it and the first that does. */
export const namedIds = (holders: string, holder: string, ids: string, condition: string): string => `
  SELECT id, count(*) AS times, min(holder) AS holder
  FROM (SELECT ${holder} AS holder,
               generate_series(greatest(lower(part), $1::bigint + 1), least(upper(part) - 1, $2::bigint)) AS id
        FROM ${holders} CROSS JOIN LATERAL unnest(${ids}) AS part
        WHERE ${ids} && int8range($1, $2, '(]') AND ${condition}) AS each_id
  GROUP BY id`;

/** Every row of a sealed table is named by one seal, and every row that a seal names is there. */
const sealedOnce = (kind: string, table: string, publicId: string): string => `
  SELECT '${kind}', coalesce(line.public_id, named.id::text),
         CASE WHEN line.id IS NULL THEN 'is gone, and a seal names it'
              WHEN named.id IS NULL THEN 'no seal names it'
              ELSE 'more than one seal names it' END,
         CASE WHEN line.id IS NULL THEN concat('record ', named.id, ' of seal ', holder) ELSE '1 seal' END,
         CASE WHEN line.id IS NOT NULL THEN concat(coalesce(named.times, 0), ' seals') END
  FROM (${namedIds('ledger_seals', 'id', 'row_ids', `sealed_table = '${table}'`)}) AS named
  FULL JOIN (SELECT id, ${publicId}::text AS public_id FROM ${table} WHERE id > $1 AND id <= $2) AS line USING (id)
  WHERE line.id IS NULL OR named.times IS DISTINCT FROM 1`;
