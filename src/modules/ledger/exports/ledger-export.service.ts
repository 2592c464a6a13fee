import type { StreamableFile } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock/clock.js';
import { Exports } from '../../../platform/export/exports.js';
import type { FileRequest } from '../../../platform/export/file-request.decorator.js';
import { ledgerWeek } from '../postings/ledger-week.js';
import { receiptsPeriod } from '../receipts/receipts-period.js';
import { BALANCE_EXPORT } from '../balances/balance.export.js';
import { PAYMENT_EXPORT } from '../payments/history/payment.export.js';
import { POSTING_EXPORT } from '../postings/posting.export.js';
import { RECEIPTS_EXPORT } from '../receipts/receipts.export.js';
import { STATEMENT_EXPORT } from '../statements/statement.export.js';

import { BalanceQuery } from '../balances/balance.query.js';
import { PaymentQuery } from '../payments/history/payment.query.js';
import { PostingQuery } from '../postings/posting.query.js';
import { ReceiptsQuery } from '../receipts/receipts.query.js';
import { StatementQuery } from '../statements/statement.query.js';
import type {
  BalanceExportInput,
  PaymentExportInput,
  PostingExportInput,
  StatementExportInput,
} from './export.input.js';
import type { ReceiptsReportInput } from '../receipts/receipts.input.js';

/** Exports the complete lists of the ledger, and the statements of a week, as files. */
@Injectable()
export class LedgerExportService {
  constructor(
    private readonly clock: Clock,
    private readonly exports: Exports,
    private readonly postingQuery: PostingQuery,
    private readonly paymentQuery: PaymentQuery,
    private readonly balanceQuery: BalanceQuery,
    private readonly receiptsQuery: ReceiptsQuery,
    private readonly statementQuery: StatementQuery,
  ) {}

  postings(query: PostingExportInput, request: FileRequest): Promise<StreamableFile> {
    const sql = this.postingQuery.listSql(query);
    return this.exports.file({ definition: POSTING_EXPORT, query, sql }, request);
  }

  payments(query: PaymentExportInput, request: FileRequest): Promise<StreamableFile> {
    const sql = this.paymentQuery.listSql(query);
    return this.exports.file({ definition: PAYMENT_EXPORT, query, sql }, request);
  }

  balances(query: BalanceExportInput, request: FileRequest): Promise<StreamableFile> {
    const sql = this.balanceQuery.listSql(query);
    return this.exports.file({ definition: BALANCE_EXPORT, query, sql }, request);
  }

  /** Throws REPORT_PERIOD_INVALID. */
  async receipts(
    { group_by, ...requested }: ReceiptsReportInput,
    request: FileRequest,
  ): Promise<StreamableFile> {
    const period = receiptsPeriod(requested, this.clock.today());
    const query = { ...period, group_by: group_by.join(', ') };
    const sql = this.receiptsQuery.listSql(period, group_by);
    return this.exports.file({ definition: RECEIPTS_EXPORT, query, sql }, request);
  }

  /** Throws PERIOD_NOT_A_PAYMENT_WEEK. */
  async statements(query: StatementExportInput, request: FileRequest): Promise<StreamableFile> {
    const sql = this.statementQuery.listSql(query, ledgerWeek(query.period_start, undefined, 'period_start'));
    return this.exports.file({ definition: STATEMENT_EXPORT, query, sql }, request);
  }
}
