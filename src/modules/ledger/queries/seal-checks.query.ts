import type { CheckedTable } from '../ledger-checkers.js';

/** The ids of the stretch that the multiranges of a table name, each with how many name it and the first that does. */
const namedIds = (holders: string, holder: string, ids: string, condition: string): string => `
  SELECT id, count(*) AS times, min(holder) AS holder
  FROM (SELECT ${holder} AS holder,
               generate_series(greatest(lower(part), $1::bigint + 1), least(upper(part) - 1, $2::bigint)) AS id
        FROM ${holders} CROSS JOIN LATERAL unnest(${ids}) AS part
        WHERE ${ids} && int8range($1, $2, '(]') AND ${condition}) AS each_id
  GROUP BY id`;

/** Every row of a sealed table is named by one seal, and every row that a seal names is there. */
export const sealedOnce = (kind: string, table: string, publicId: string): string => `
  SELECT '${kind}', coalesce(line.${publicId}, named.id::text),
         CASE WHEN line.id IS NULL THEN 'is gone, and a seal names it'
              WHEN named.id IS NULL THEN 'no seal names it'
              ELSE 'more than one seal names it' END,
         CASE WHEN line.id IS NULL THEN concat('record ', named.id, ' of seal ', holder) ELSE '1 seal' END,
         CASE WHEN line.id IS NOT NULL THEN concat(coalesce(named.times, 0), ' seals') END
  FROM (${namedIds('ledger_seals', 'id', 'row_ids', `sealed_table = '${table}'`)}) AS named
  FULL JOIN (SELECT id, ${publicId} FROM ${table} WHERE id > $1 AND id <= $2) AS line USING (id)
  WHERE line.id IS NULL OR named.times IS DISTINCT FROM 1`;

const digest = (count: string, hash: string): string => `concat_ws(', ', ${count}, encode(${hash}, 'hex'))`;

/** What stands under a seal now is what was sealed. */
const sealHolds = (table: string, amount: string): string => `
  SELECT 'SEAL', s.id::text, 'its rows are not those that it sealed',
         ${digest('s.row_count, s.total_amount', 's.rows_hash')}, ${digest('found.rows, found.amount', 'found.hash')}
  FROM ledger_seals s
  CROSS JOIN LATERAL (
    SELECT count(*) AS rows, sum(line.${amount}) AS amount, sha256(string_agg(line.row_hash, '' ORDER BY line.id)) AS hash
    FROM unnest(s.row_ids) AS part JOIN ${table} AS line ON line.id >= lower(part) AND line.id < upper(part)) AS found
  WHERE s.id > $1 AND s.id <= $2 AND s.sealed_table = '${table}'
    AND (s.row_count, s.total_amount, s.rows_hash) IS DISTINCT FROM (found.rows, found.amount, found.hash)`;

/** A seal stands in one link of the chain, or in none as long as it waits for one; and none of a link's is gone. */
const SEAL_IS_LINKED_ONCE = `
  SELECT 'SEAL', coalesce(seal.id, named.id)::text,
         CASE WHEN seal.id IS NULL THEN 'is gone, and a link of the chain names it'
              ELSE 'is not in the chain as it says' END,
         CASE WHEN seal.id IS NULL THEN concat('seal of link ', holder)
              ELSE concat(seal.is_linked::integer, ' links') END,
         CASE WHEN seal.id IS NOT NULL THEN concat(coalesce(named.times, 0), ' links') END
  FROM (${namedIds('ledger_chain', 'link_number', 'seal_ids', 'true')}) AS named
  FULL JOIN (SELECT id, is_linked FROM ledger_seals WHERE id > $1 AND id <= $2) AS seal USING (id)
  WHERE seal.id IS NULL OR coalesce(named.times, 0) <> seal.is_linked::integer`;

const LINK_FOLLOWS_THE_ONE_BEFORE = `
  SELECT 'CHAIN_LINK', c.link_number::text, 'does not go on from the link before it', encode(before.hash, 'hex'),
         encode(c.previous_hash, 'hex')
  FROM ledger_chain c LEFT JOIN ledger_chain before ON before.link_number = c.link_number - 1
  WHERE c.link_number > $1 AND c.link_number <= $2
    AND c.previous_hash IS DISTINCT FROM CASE c.link_number WHEN 1 THEN '' ELSE before.hash END`;

const LINK_HOLDS = `
  SELECT 'CHAIN_LINK', c.link_number::text, 'its seals are not those that it linked',
         ${digest('c.seal_count', 'c.seals_hash')}, ${digest('found.seals', 'found.hash')}
  FROM ledger_chain c
  CROSS JOIN LATERAL (
    SELECT count(*) AS seals, sha256(string_agg(seal_hash_of(s), '' ORDER BY s.id)) AS hash
    FROM unnest(c.seal_ids) AS part JOIN ledger_seals s ON s.id >= lower(part) AND s.id < upper(part)) AS found
  WHERE c.link_number > $1 AND c.link_number <= $2
    AND (c.seal_count, c.seals_hash) IS DISTINCT FROM (found.seals, found.hash)
  UNION ALL
  SELECT 'CHAIN_LINK', link_number::text, 'was changed after it was written: its hash is another', encode(hash, 'hex'),
         encode(ledger_link_hash(link_number, previous_hash, seal_ids, seal_count, seals_hash, linked_at), 'hex')
  FROM ledger_chain
  WHERE link_number > $1 AND link_number <= $2
    AND hash <> ledger_link_hash(link_number, previous_hash, seal_ids, seal_count, seals_hash, linked_at)`;

/** The seals over the rows, and the chain over the seals. */
export const SEAL_TABLES: readonly CheckedTable[] = [
  {
    checked: 'seals',
    records: 'ledger_seals',
    key: 'id',
    weight: 'row_count',
    checks: [
      sealHolds('ledger_postings', 'amount'),
      sealHolds('payment_allocations', 'amount_allocated'),
      SEAL_IS_LINKED_ONCE,
    ],
  },
  {
    checked: null,
    records: 'ledger_chain',
    key: 'link_number',
    weight: 'seal_count',
    checks: [LINK_FOLLOWS_THE_ONE_BEFORE, LINK_HOLDS],
  },
];
