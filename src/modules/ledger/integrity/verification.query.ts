import { Injectable } from '@nestjs/common';
import type { SqlRunner } from '../../../platform/database/page.js';
import type { IntegrityCheck, NodeCheck, IdBatch } from '../../../platform/integrity/integrity-checks.js';
import { DIFFERENCES_SHOWN } from '../../../platform/integrity/verification-findings.js';
import type { Difference, VerificationFindings } from '../../../platform/integrity/verification-findings.js';

/** Records a statement, and their weight: each check of so many stays far below the statement timeout and in work_mem. */
const STRETCH = 20_000;
const STRETCH_WEIGHT = 200_000;

/** Below and above every key: what is missing before the first record and after the last is found as well. */
const LOWEST = '-9223372036854775808';
const HIGHEST = '9223372036854775806';

/** Runs checks over a table, stretch by stretch, so that neither side's memory grows with the table. */
@Injectable()
export class VerificationQuery {
  async check(
    db: SqlRunner,
    table: IntegrityCheck,
    findings: VerificationFindings,
    progress: (checked: number) => void,
  ): Promise<void> {
    let checked = 0;
    let stretch: IdBatch = { after: LOWEST, through: LOWEST };
    do {
      const { through, records } = await this.nextStretch(db, table, stretch.through);
      stretch = { after: stretch.through, through };
      for (const check of table.checks) await this.runCheck(db, check, stretch, findings);
      if (table.checked !== null) findings.count(table.checked, records);
      checked += records;
      if (records > 0) progress(checked);
    } while (stretch.through !== HIGHEST);
  }

  /** As many of the next records as a stretch takes; where there are none, all that lies above the last one. */
  private async nextStretch(
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
      [after, STRETCH, STRETCH_WEIGHT],
    );
    return { through: row.through ?? HIGHEST, records: row.records };
  }

  private async runCheck(
    db: SqlRunner,
    check: string | NodeCheck,
    stretch: IdBatch,
    findings: VerificationFindings,
  ): Promise<void> {
    if (typeof check === 'string') return this.runSql(db, check, stretch, findings);
    const differences = await check(db, stretch);
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
