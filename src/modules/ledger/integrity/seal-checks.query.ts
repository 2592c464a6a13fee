import type { SqlRunner } from '../../../platform/database/page.js';
import type { IntegrityCheck, NodeCheck } from '../../../platform/integrity/integrity-checks.js';
import { hashRow, namedIds, rawColumns, sha256 } from '../../../platform/integrity/sealed-table.js';
import type { RawRow, SealedColumns } from '../../../platform/integrity/sealed-table.js';
import type { Difference } from '../../../platform/integrity/verification-findings.js';

/** The columns of a seal that seal_hash_of hashes. */
const SEAL_COLUMNS: SealedColumns = {
  id: 'int8',
  sealed_table: 'text',
  row_ids: 'text',
  row_count: 'int4',
  total_amount: 'numeric',
  rows_hash: 'bytea',
};

/** The columns of a link that ledger_link_hash hashes. */
const LINK_COLUMNS: SealedColumns = {
  link_number: 'int8',
  previous_hash: 'bytea',
  seal_ids: 'text',
  seal_count: 'int4',
  seals_hash: 'bytea',
  linked_at: 'timestamptz',
};

const hexOf = (bytes: unknown): string => Buffer.from(bytes as Uint8Array).toString('hex');

interface FoundRows {
  readonly id: string;
  readonly row_count: number;
  readonly total_amount: string;
  readonly rows_hash: Uint8Array;
  readonly found_count: number;
  readonly found_amount: string;
  readonly found_hashes: Uint8Array;
}

/** The rows of a seal are those that it sealed. `amount` is 0 for a table without amounts. */
const sealHolds = (table: string, amount: string): NodeCheck => {
  const sql = `
    SELECT s.id::text AS id, s.row_count, s.total_amount::text AS total_amount, s.rows_hash, found.*
    FROM public.ledger_seals s
    CROSS JOIN LATERAL (
      SELECT count(*)::integer AS found_count, coalesce(sum(${amount}), 0)::numeric(38,2)::text AS found_amount,
             coalesce(string_agg(line.row_hash, ''::bytea ORDER BY line.id), '') AS found_hashes
      FROM unnest(s.row_ids) AS part JOIN public.${table} AS line ON line.id >= lower(part) AND line.id < upper(part)) AS found
    WHERE s.id > $1::bigint AND s.id <= $2::bigint AND s.sealed_table = '${table}'
    ORDER BY s.id`;
  return async (db: SqlRunner, { after, through }) => {
    const seals = await db.query<FoundRows[]>(sql, [after, through]);
    return seals.flatMap((seal): Difference[] => {
      const expected = `${seal.row_count}, ${seal.total_amount}, ${hexOf(seal.rows_hash)}`;
      const actual = `${seal.found_count}, ${seal.found_amount}, ${sha256(seal.found_hashes)}`;
      if (actual === expected) return [];
      return [
        {
          kind: 'SEAL',
          id: seal.id,
          message: 'its rows differ from the rows that it sealed',
          expected,
          actual,
        },
      ];
    });
  };
};

/** A linked seal is in exactly one link, an unlinked one in no link, and every seal of a link exists. */
const SEAL_IS_LINKED_ONCE = `
  SELECT 'SEAL', coalesce(seal.id, named.id)::text,
         CASE WHEN seal.id IS NULL THEN 'is missing, but a link of the chain contains it'
              ELSE 'is not in the chain as often as it must be' END,
         CASE WHEN seal.id IS NULL THEN concat('seal of link ', holder)
              ELSE concat(seal.is_linked::integer, ' links') END,
         CASE WHEN seal.id IS NOT NULL THEN concat(coalesce(named.times, 0), ' links') END
  FROM (${namedIds('ledger_chain', 'link_number', 'seal_ids', 'true')}) AS named
  FULL JOIN (SELECT id, is_linked FROM ledger_seals WHERE id > $1 AND id <= $2) AS seal USING (id)
  WHERE seal.id IS NULL OR coalesce(named.times, 0) <> seal.is_linked::integer`;

const LINK_FOLLOWS_THE_ONE_BEFORE = `
  SELECT 'CHAIN_LINK', c.link_number::text, 'does not continue from the previous link', encode(before.hash, 'hex'),
         encode(c.previous_hash, 'hex')
  FROM ledger_chain c LEFT JOIN ledger_chain before ON before.link_number = c.link_number - 1
  WHERE c.link_number > $1 AND c.link_number <= $2
    AND c.previous_hash IS DISTINCT FROM CASE c.link_number WHEN 1 THEN '' ELSE before.hash END`;

const LINKS = `
  SELECT ${rawColumns(LINK_COLUMNS)}, hash
  FROM public.ledger_chain WHERE link_number > $1::bigint AND link_number <= $2::bigint ORDER BY ledger_chain.link_number`;

const SEALS_OF_LINKS = `
  SELECT c.link_number::text AS holder, s.*
  FROM public.ledger_chain c CROSS JOIN LATERAL unnest(c.seal_ids) AS part
  JOIN LATERAL (SELECT ledger_seals.id AS number, ${rawColumns(SEAL_COLUMNS)} FROM public.ledger_seals
                WHERE ledger_seals.id >= lower(part) AND ledger_seals.id < upper(part)) AS s ON true
  WHERE c.link_number > $1::bigint AND c.link_number <= $2::bigint
  ORDER BY c.link_number, s.number`;

/** The hashes of the seals of each link of the batch. */
async function sealHashes(db: SqlRunner, after: string, through: string): Promise<Map<string, Buffer[]>> {
  const hashes = new Map<string, Buffer[]>();
  for (const seal of await db.query<RawRow[]>(SEALS_OF_LINKS, [after, through])) {
    const holder = String(seal['holder']);
    const hash = Buffer.from(hashRow('ledger_seals 1', SEAL_COLUMNS, seal), 'hex');
    const others = hashes.get(holder);
    if (others) others.push(hash);
    else hashes.set(holder, [hash]);
  }
  return hashes;
}

/** The seals of a link are those that it linked, and its stored hash is correct. */
const linksHold: NodeCheck = async (db, { after, through }) => {
  const hashes = await sealHashes(db, after, through);
  const links = await db.query<RawRow[]>(LINKS, [after, through]);
  return links.flatMap((link) => {
    const id = String(link['link_number']);
    const seals = hashes.get(id) ?? [];
    return [
      {
        message: 'its seals differ from the seals that it linked',
        expected: `${String(link['seal_count'])}, ${hexOf(link['seals_hash'])}`,
        actual: `${seals.length}, ${sha256(Buffer.concat(seals))}`,
      },
      {
        message: 'was changed after it was written: the hash differs',
        expected: hexOf(link['hash']),
        actual: hashRow('ledger_chain 1', LINK_COLUMNS, link),
      },
    ]
      .filter(({ expected, actual }) => actual !== expected)
      .map((difference): Difference => ({ kind: 'CHAIN_LINK', id, ...difference }));
  });
};

/** Checks the seals over the rows and the chain over the seals. */
export const SEAL_TABLES: readonly IntegrityCheck[] = [
  {
    checked: 'seals',
    records: 'ledger_seals',
    key: 'id',
    weight: 'row_count',
    checks: [
      sealHolds('ledger_postings', 'line.amount'),
      sealHolds('payment_allocations', 'line.amount_allocated'),
      ...[
        'audit_log',
        'balance_disputes',
        'credit_refunds',
        'loan_interest_waivers',
        'loan_payoffs',
        'loan_recoveries',
        'loan_schedule_versions',
        'loan_status_changes',
        'outbox',
        'posting_run_errors',
        'sealed_states',
        'settlement_lines',
      ].map((table) => sealHolds(table, '0')),
      SEAL_IS_LINKED_ONCE,
    ],
  },
  {
    checked: 'links',
    records: 'ledger_chain',
    key: 'link_number',
    weight: 'seal_count',
    checks: [LINK_FOLLOWS_THE_ONE_BEFORE, linksHold],
  },
];
