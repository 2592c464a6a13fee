import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, EntityManager, QueryFailedError } from 'typeorm';
import { neverCancelled } from './client-gone.js';
import { READ_ONLY } from './database-client.js';
import { withoutDryRunNumbers } from './dry-run.js';
import type { SqlRunner } from './page.js';

declare const brand: unique symbol;

/** An open transaction. Only `Transactions` creates one, so a write that needs a Tx cannot run outside a transaction. */
export type Tx = EntityManager & { readonly [brand]: 'Tx' };

/** Serialization failure and deadlock: PostgreSQL expects the whole transaction to be retried. */
const RETRYABLE_STATES = new Set(['40001', '40P01']);
const MAX_ATTEMPTS = 3;

class RollBack<T> extends Error {
  constructor(readonly result: T) {
    super('rolled back on purpose');
  }
}

@Injectable()
export class Transactions {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /**
   * Does the work in one transaction (READ COMMITTED) and commits it, even if the client no longer waits. After a
   * serialization failure or a deadlock the work runs again, at most three times in all, so it must do nothing but SQL.
   */
  async run<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await neverCancelled(() => this.dataSource.transaction((manager) => work(manager as Tx)));
      } catch (error) {
        if (attempt === MAX_ATTEMPTS || !RETRYABLE_STATES.has(sqlStateOf(error) ?? '')) throw error;
      }
    }
  }

  /**
   * Does the work as `run` does and rolls it back, so a dry run answers what the real run would. It uses up no number
   * (docs/adr/0020-dry-runs.md): ids of records that do not exist are null in the answer.
   */
  async dryRun<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    try {
      return await this.run(async (tx) => {
        await tx.query(`SET LOCAL driver_loans.dry_run = 'on'`);
        throw new RollBack(await work(tx));
      });
    } catch (error) {
      if (error instanceof RollBack) return withoutDryRunNumbers(error.result as T);
      throw error;
    }
  }

  /**
   * Reads the database as of one moment, whatever is committed meanwhile. Writing fails. Statements that do not need each
   * other's results can be sent together, by `Promise.all`.
   */
  readSnapshot<T>(work: (snapshot: SqlRunner) => Promise<T>): Promise<T> {
    return this.dataSource.transaction('REPEATABLE READ', async (manager) => {
      await manager.query(READ_ONLY);
      return work(manager);
    });
  }

  /** Does part of a transaction under a savepoint: if it fails, the rest of the transaction can still commit. */
  savepoint<T>(tx: Tx, work: (tx: Tx) => Promise<T>): Promise<T> {
    return tx.transaction((nested) => work(nested as Tx));
  }
}

/** Longer than any batch of a posting or of a verification needs, but still a limit */
const LONG_STATEMENT = '10min';

/**
 * For bulk work, whose statements grow with the fleet: the rest of the transaction has more time than a request, and its
 * prepared statements are planned for their own size, not for that of a single record.
 */
export async function prepareBulkWork(tx: SqlRunner): Promise<void> {
  await tx.query(
    `SELECT set_config('statement_timeout', '${LONG_STATEMENT}', true),
            set_config('plan_cache_mode', 'force_custom_plan', true)`,
  );
}

/** The SQLSTATE of a failed query, such as 23505 for a unique violation. */
export function sqlStateOf(error: unknown): string | undefined {
  if (!(error instanceof QueryFailedError)) return undefined;
  return (error.driverError as { code?: string }).code;
}

/** The name of the constraint that a failed query violated. */
export function violatedConstraint(error: unknown): string | undefined {
  if (!(error instanceof QueryFailedError)) return undefined;
  return (error.driverError as { constraint?: string }).constraint;
}
