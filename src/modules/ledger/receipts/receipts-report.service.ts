import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock/clock.js';
import { Transactions } from '../../../platform/database/transactions.js';
import { receiptsPeriod } from './receipts-period.js';

import { ReceiptsQuery } from './receipts.query.js';
import type { ReceiptsReportInput } from './receipts.input.js';
import type { ReceiptsView } from './receipts.view.js';

/**
 * Reports the money received and paid out in a period, to close the cash register and to compare with bank statements.
 */
@Injectable()
export class ReceiptsReportService {
  constructor(
    private readonly clock: Clock,
    private readonly transactions: Transactions,
    private readonly receipts: ReceiptsQuery,
  ) {}

  /** Throws REPORT_PERIOD_INVALID. */
  async report({ group_by, ...requested }: ReceiptsReportInput): Promise<ReceiptsView> {
    const period = receiptsPeriod(requested, this.clock.today());
    return this.transactions.readSnapshot(async (snapshot) => ({
      ...period,
      group_by,
      rows: await this.receipts.rows(snapshot, period, group_by),
      totals: await this.receipts.totals(snapshot, period),
    }));
  }
}
