import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock/clock.js';
import { Transactions } from '../../../platform/database/transactions.js';
import { receiptsPeriod } from './receipts-period.js';

import { ReceiptsQuery } from './receipts.query.js';
import type { ReceiptsReportInput } from './receipts.input.js';
import type { ReceiptsView } from './receipts.view.js';

/** The money that came in and went out on some days: the cashier's day, and what a bank statement is compared with. */
@Injectable()
export class ReceiptsReportService {
  constructor(
    private readonly clock: Clock,
    private readonly transactions: Transactions,
    private readonly receipts: ReceiptsQuery,
  ) {}

  /** Throws REPORT_PERIOD_INVALID. */
  async report({ group_by, ...asked }: ReceiptsReportInput): Promise<ReceiptsView> {
    const period = receiptsPeriod(asked, this.clock.today());
    return this.transactions.readSnapshot(async (snapshot) => ({
      ...period,
      group_by,
      rows: await this.receipts.rows(snapshot, period, group_by),
      totals: await this.receipts.totals(snapshot, period),
    }));
  }
}
