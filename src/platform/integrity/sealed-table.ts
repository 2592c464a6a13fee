import { createHash } from 'node:crypto';
import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import type { SqlRunner } from '../database/page.js';
import type { IntegrityCheck, NodeCheck } from './integrity-checks.js';
import { encodeRecord } from './record-encoding.js';
import type { Field, FieldType } from './record-encoding.js';
import type { Difference } from './verification-findings.js';

/** Sealed columns by name, in the hash order of row_hash_of. */
export type SealedColumns = Readonly<Record<string, FieldType>>;

export type RawRow = Readonly<Record<string, string | Uint8Array | null>>;

/** A table whose rows have a hash and are covered by seals. */
export interface SealedTable {
  readonly table: string;
  /** The name of its rows in the response. Null if they are counted elsewhere. */
  readonly checked: string | null;
  /** The kind of a row in a difference, for example POSTING */
  readonly kind: string;
  /** The sealed column with the public id */
  readonly publicId: string;
  /** The sealed columns of all versions */
  readonly columns: SealedColumns;
  /** The version and columns of the hash, if not version 1 with all columns */
  readonly versionOf?: (row: RawRow) => { readonly version: number; readonly columns: SealedColumns };
  /** SQL condition for rows that are sealed, if rows are sealed later than they are inserted */
  readonly sealedWhen?: string;
  /** The cost of a row, as SQL, if rows can be large */
  readonly weight?: string;
}

/** Number of rows after which the event loop runs other work */
const ROWS_PER_YIELD = 1_000;

const CHANGED = 'was changed after it was written: the hash differs';

/** Checks that each row matches its hash and is covered by exactly one seal. */
export function sealedRows(sealed: SealedTable): IntegrityCheck {
  const { table, checked, weight } = sealed;
  return {
    checked,
    records: table,
    key: 'id',
    ...(weight === undefined ? {} : { weight }),
    checks: [checkHashes(sealed), checkSeals(sealed)],
  };
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** The SELECT list for sealed columns: text, or bytes for a bytea. */
export function rawColumns(columns: SealedColumns): string {
  return Object.entries(columns)
    .map(([name, type]) => (type === 'bytea' ? name : `${name}::text AS ${name}`))
    .join(', ');
}

/** The hash of a row as the database computes it, calculated from raw columns. */
export function hashRow(label: string, columns: SealedColumns, row: RawRow): string {
  const fields = Object.entries(columns).map(([name, type]): Field => ({ type, value: row[name] ?? null }));
  return sha256(encodeRecord([{ type: 'text', value: label }, ...fields]));
}

function checkHashes({
  table,
  kind,
  publicId,
  columns,
  versionOf,
  sealedWhen = 'true',
}: SealedTable): NodeCheck {
  const sql = `
    SELECT pg_catalog.encode(row_hash, 'hex') AS row_hash, ${rawColumns(columns)}
    FROM public.${table} WHERE id > $1::bigint AND id <= $2::bigint AND (${sealedWhen}) ORDER BY ${table}.id`;
  return async (db: SqlRunner, { after, through }) => {
    const rows = await db.query<RawRow[]>(sql, [after, through]);
    const differences: Difference[] = [];
    for (const [index, row] of rows.entries()) {
      if (index % ROWS_PER_YIELD === ROWS_PER_YIELD - 1) await yieldToEventLoop();
      const { version, columns: hashed } = versionOf?.(row) ?? { version: 1, columns };
      const actual = hashRow(`${table} ${version}`, hashed, row);
      const expected = row['row_hash'] as string | null;
      if (actual !== expected)
        differences.push({ kind, id: String(row[publicId]), message: CHANGED, expected, actual });
    }
    return differences;
  };
}

/**
 * The ids of the batch inside the multiranges of a table, with the number of multiranges that contain each id and
 * the first of them.
 */
export const namedIds = (holders: string, holder: string, ids: string, condition: string): string => `
  SELECT id, count(*) AS times, min(holder) AS holder
  FROM (SELECT ${holder} AS holder,
               generate_series(greatest(lower(part), $1::bigint + 1), least(upper(part) - 1, $2::bigint)) AS id
        FROM ${holders} CROSS JOIN LATERAL unnest(${ids}) AS part
        WHERE ${ids} && int8range($1, $2, '(]') AND ${condition}) AS each_id
  GROUP BY id`;

/** Checks that every sealed row is covered by one seal, and that every row of a seal exists. */
const checkSeals = ({ kind, table, publicId, sealedWhen = 'true' }: SealedTable): string => `
  SELECT '${kind}', coalesce(line.public_id, named.id::text),
         CASE WHEN line.id IS NULL THEN 'is missing, but a seal covers it'
              WHEN named.id IS NULL THEN 'is not covered by a seal'
              ELSE 'is covered by more than one seal' END,
         CASE WHEN line.id IS NULL THEN concat('record ', named.id, ' of seal ', holder) ELSE '1 seal' END,
         CASE WHEN line.id IS NOT NULL THEN concat(coalesce(named.times, 0), ' seals') END
  FROM (${namedIds('ledger_seals', 'id', 'row_ids', `sealed_table = '${table}'`)}) AS named
  FULL JOIN (SELECT id, ${publicId}::text AS public_id FROM ${table}
             WHERE id > $1 AND id <= $2 AND (${sealedWhen})) AS line USING (id)
  WHERE line.id IS NULL OR named.times IS DISTINCT FROM 1`;
