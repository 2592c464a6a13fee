import { Injectable } from '@nestjs/common';
import type { SqlRunner } from '../../../platform/database/page.js';
import type { IntegrityCheck, NodeCheck, IdBatch } from '../../../platform/integrity/integrity-checks.js';
import { DIFFERENCES_SHOWN } from '../../../platform/integrity/verification-findings.js';
import type { Difference, VerificationFindings } from '../../../platform/integrity/verification-findings.js';

/**
 * The size of a batch in records and in weight, so that each check stays far below the statement timeout and in
 * work_mem.
 */
const MAX_BATCH_RECORDS = 20_000;
const MAX_BATCH_WEIGHT = 200_000;

/** Below and above every key, so that records missing before the first and after the last are also found. */
const LOWEST = '-9223372036854775808';
const HIGHEST = '9223372036854775806';

/** Runs checks over a table in batches, so that the memory of service and database does not grow with the table. */
@Injectable()
export class VerificationQuery {
  async check(
    db: SqlRunner,
    table: IntegrityCheck,
    findings: VerificationFindings,
    progress: (checked: number) => void,
  ): Promise<void> {
    let checked = 0;
    let batch: IdBatch = { after: LOWEST, through: LOWEST };
    do {
      const { through, records } = await this.nextBatch(db, table, batch.through);
      batch = { after: batch.through, through };
      for (const check of table.checks) await this.runCheck(db, check, batch, findings);
      if (table.checked !== null) findings.count(table.checked, records);
      checked += records;
      if (records > 0) progress(checked);
    } while (batch.through !== HIGHEST);
  }

  /** The end of the next batch and its number of records. After the last record it is one empty batch up to HIGHEST. */
  private async nextBatch(
    db: SqlRunner,
    { key, records, weight = '1' }: IntegrityCheck,
    after: string,
  ): Promise<{ through: string; records: number }> {
    const [row] = await db.query<[{ through: string | null; records: number }]>(
      `SELECT max(key) AS through, count(*)::integer AS records
       FROM (SELECT key, sum(weight) OVER (ORDER BY key) AS load, row_number() OVER (ORDER BY key) AS number
             FROM (SELECT ${key}::bigint AS key, ${weight} AS weight
                   FROM ${records} WHERE ${key} > $1::bigint ORDER BY ${key} LIMIT $2) AS next) AS loaded
       WHERE load <= $3 OR number = 1`,
      [after, MAX_BATCH_RECORDS, MAX_BATCH_WEIGHT],
    );
    return { through: row.through ?? HIGHEST, records: row.records };
  }

  private async runCheck(
    db: SqlRunner,
    check: string | NodeCheck,
    batch: IdBatch,
    findings: VerificationFindings,
  ): Promise<void> {
    if (typeof check === 'string') return this.runSql(db, check, batch, findings);
    const differences = await check(db, batch);
    findings.add(differences, differences.length);
  }

  private async runSql(
    db: SqlRunner,
    sql: string,
    { after, through }: IdBatch,
    findings: VerificationFindings,
  ): Promise<void> {
    const rows = await db.query<(Difference & { total: number })[]>(
      `SELECT wrong.*, (count(*) OVER ())::integer AS total
       FROM (${sql}) AS wrong (kind, id, message, expected, actual) ORDER BY id, message LIMIT $3`,
      [after, through, DIFFERENCES_SHOWN],
    );
    const differences = rows.map(({ kind, id, message, expected, actual }) => ({
      kind,
      id,
      message,
      expected,
      actual,
    }));
    findings.add(differences, rows[0]?.total ?? 0);
  }
}
