import { Injectable } from '@nestjs/common';
import type { SqlRunner } from '../../../platform/database/page.js';
import type { Tx } from '../../../platform/database/transactions.js';
import type { ChainHead } from './chain-head.js';

/** A number that no other advisory lock of the service uses. Only one process at a time adds to the chain. */
const CHAIN_LOCK = 4_270_011;

/**
 * Adds the unlinked seals, in the order of their ids, as the next link. The seal of an uncommitted transaction is not
 * visible and goes into a later link: the chain has the order of linking, not of ids.
 */
const LINK = `
  WITH waiting AS (SELECT * FROM ledger_seals WHERE NOT is_linked ORDER BY id LIMIT $1),
  head AS (SELECT link_number, hash FROM ledger_chain ORDER BY link_number DESC LIMIT 1),
  link AS (
    SELECT coalesce(head.link_number, 0) + 1 AS link_number, coalesce(head.hash, '') AS previous_hash,
           range_agg(int8range(waiting.id, waiting.id, '[]')) AS seal_ids, count(*)::integer AS seal_count,
           sha256(string_agg(seal_hash_of(waiting), '' ORDER BY waiting.id)) AS seals_hash
    FROM waiting LEFT JOIN head ON true
    GROUP BY head.link_number, head.hash),
  marked AS (UPDATE ledger_seals s SET is_linked = true FROM waiting WHERE s.id = waiting.id)
  INSERT INTO ledger_chain (link_number, previous_hash, seal_ids, seal_count, seals_hash, linked_at, hash)
  SELECT link.*, $2::timestamptz,
         ledger_link_hash(link_number, previous_hash, seal_ids, seal_count, seals_hash, $2::timestamptz)
  FROM link
  RETURNING seal_count`;

@Injectable()
export class SealRepository {
  /**
   * Waits for the lock of the chain and holds it until the transaction ends, so that no other process adds to the
   * chain.
   */
  async lockChain(tx: Tx): Promise<void> {
    await tx.query('SELECT pg_advisory_xact_lock($1)', [CHAIN_LOCK]);
  }

  /**
   * Adds one link of at most `limit` unlinked seals. Returns their number: if it is below the limit, all are linked.
   */
  async link(tx: Tx, limit: number, at: Date): Promise<number> {
    const rows = await tx.query<{ seal_count: number }[]>(LINK, [limit, at]);
    return rows[0]?.seal_count ?? 0;
  }

  async findHead(db: SqlRunner): Promise<ChainHead | null> {
    const rows = await db.query<ChainHead[]>(
      `SELECT link_number::text AS number, encode(hash, 'hex') AS hash
       FROM ledger_chain ORDER BY link_number DESC LIMIT 1`,
    );
    return rows[0] ?? null;
  }

  async findLink(db: SqlRunner, number: string): Promise<ChainHead | null> {
    const rows = await db.query<ChainHead[]>(
      `SELECT link_number::text AS number, encode(hash, 'hex') AS hash FROM ledger_chain WHERE link_number = $1`,
      [number],
    );
    return rows[0] ?? null;
  }
}
