import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, EntityManager, QueryFailedError } from 'typeorm';
import type { IdempotentRequest } from '../idempotency/idempotent-request.js';
import { neverCancelled } from './client-gone.js';
import { withoutDryRunNumbers } from './dry-run.js';
import type { SqlRunner } from './page.js';

declare const brand: unique symbol;

/** An open transaction. Only `Transactions` hands one out, so a write that takes a Tx cannot run outside. */
export type Tx = EntityManager & { readonly [brand]: 'Tx' };

/** Serialization failure and deadlock: PostgreSQL asks for the whole transaction to be run again. */
const RETRYABLE_STATES = new Set(['40001', '40P01']);
const MAX_ATTEMPTS = 3;

interface WriteOptions {
  readonly dryRun: boolean | undefined;
  readonly request?: IdempotentRequest | undefined;
}

class RollBack<T> extends Error {
  constructor(readonly result: T) {
    super('rolled back on purpose');
  }
}

@Injectable()
export class Transactions {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /**
   * Runs the unit in one transaction (READ COMMITTED) and commits it, whether or not the client still waits. On a
   * serialization failure or a deadlock the whole unit runs again, three times at most; so nothing but SQL may happen inside it.
   */
  async run<T>(unit: (tx: Tx) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await neverCancelled(() => this.dataSource.transaction((manager) => unit(manager as Tx)));
      } catch (error) {
        if (attempt === MAX_ATTEMPTS || !RETRYABLE_STATES.has(sqlStateOf(error) ?? '')) throw error;
      }
    }
  }

  /**
   * As `run`, for a request that may be repeated under its Idempotency-Key. What the unit answers is the whole answer of
   * the route, kept in the unit's own transaction: both stand or neither, wherever the process ends. The same request
   * again gets that answer, and the unit does not run. A unit that throws keeps nothing: the key is as good as new.
   */
  async runIdempotent<T extends object>(
    request: IdempotentRequest | undefined,
    unit: (tx: Tx) => Promise<T>,
  ): Promise<T> {
    if (!request) return this.run(unit);
    const { answer, isReplay } = await this.run(async (tx) => {
      const kept = await request.findStoredResponse<T>(tx);
      if (kept) return { answer: kept, isReplay: true };
      const first = await unit(tx);
      await request.storeResponse(tx, first);
      return { answer: first, isReplay: false };
    });
    if (isReplay) request.markReplayed();
    return answer;
  }

  /**
   * Runs the unit exactly as `run` would and rolls it back: what a dry run answers is what a real one would. It uses up no
   * number (docs/adr/0020-dry-runs.md); ids of records that do not exist are null in the answer.
   */
  async dryRun<T>(unit: (tx: Tx) => Promise<T>): Promise<T> {
    try {
      return await this.run(async (tx) => {
        await tx.query(`SET LOCAL driver_loans.dry_run = 'on'`);
        throw new RollBack(await unit(tx));
      });
    } catch (error) {
      if (error instanceof RollBack) return withoutDryRunNumbers(error.result as T);
      throw error;
    }
  }

  /**
   * A write that has `dry_run`: done once under its key, or a dry run, which takes no notice of the key as it does nothing
   * that could be done twice. The answer says which of the two it was.
   */
  runOnceOrDryRun<T extends object>(
    { dryRun = false, request }: WriteOptions,
    unit: (tx: Tx) => Promise<T>,
  ): Promise<T & { readonly dry_run: boolean }> {
    const marked = async (tx: Tx) => ({ dry_run: dryRun, ...(await unit(tx)) });
    return dryRun ? this.dryRun(marked) : this.runIdempotent(request, marked);
  }

  /** Lets the unit read the database as it stands at one moment, whatever is committed meanwhile. It cannot write. */
  readSnapshot<T>(unit: (snapshot: SqlRunner) => Promise<T>): Promise<T> {
    return this.dataSource.transaction('REPEATABLE READ', async (manager) => {
      await manager.query('SET TRANSACTION READ ONLY');
      return unit(manager);
    });
  }

  /** Runs part of a transaction under a savepoint: where it fails, the rest of the transaction still stands. */
  savepoint<T>(tx: Tx, unit: (tx: Tx) => Promise<T>): Promise<T> {
    return tx.transaction((nested) => unit(nested as Tx));
  }
}

/** Far above what a chunk of the posting or a stretch of a verification takes, and still an end. */
const LONG_STATEMENT = '10min';

/** For the bulk work, whose statements grow with the fleet: the rest of the transaction has more time than a request. */
export async function raiseStatementTimeout(tx: SqlRunner): Promise<void> {
  await tx.query(`SET LOCAL statement_timeout = '${LONG_STATEMENT}'`);
}

/** The SQLSTATE of a failed query, such as 23505 for a unique violation. */
export function sqlStateOf(error: unknown): string | undefined {
  if (!(error instanceof QueryFailedError)) return undefined;
  return (error.driverError as { code?: string }).code;
}

/** The name of the constraint that a failed query broke. */
export function violatedConstraint(error: unknown): string | undefined {
  if (!(error instanceof QueryFailedError)) return undefined;
  return (error.driverError as { constraint?: string }).constraint;
}
