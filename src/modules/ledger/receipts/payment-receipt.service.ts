import type { StreamableFile } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock/clock.js';
import { AppConfig } from '../../../platform/config/app-config.js';
import type { SqlRunner } from '../../../platform/database/page.js';
import { Transactions } from '../../../platform/database/transactions.js';
import { pdfAnswer } from '../../../platform/http/pdf-answer.js';
import { PdfThread } from '../../../platform/pdf/pdf-thread.js';
import { AccountQuery } from '../account/account.query.js';
import { DebtsQuery } from '../account/debts.query.js';
import { leaseDriverMismatch } from '../errors.js';
import { PaymentQueryService } from '../payments/history/payment-query.service.js';
import type { ReceiptContent } from './payment-receipt.document.js';
import { paymentReceipt } from './payment-receipt.document.js';
import { PaymentReceiptQuery } from './payment-receipt.query.js';

/** Prints the receipt of one payment for the driver (docs/domain.md, "Receipt"). */
@Injectable()
export class PaymentReceiptService {
  constructor(
    private readonly clock: Clock,
    private readonly config: AppConfig,
    private readonly transactions: Transactions,
    private readonly payments: PaymentQueryService,
    private readonly accounts: AccountQuery,
    private readonly debts: DebtsQuery,
    private readonly receipts: PaymentReceiptQuery,
    private readonly pdf: PdfThread,
  ) {}

  /** Throws POSTING_NOT_FOUND, also for a posting that is not money received. */
  async print(postingId: string): Promise<StreamableFile> {
    const content = await this.transactions.readSnapshot((snapshot) => this.read(postingId, snapshot));
    const document = paymentReceipt(content, {
      fleet: this.config.FLEET_NAME,
      madeAt: this.clock.now(),
      timeZone: this.clock.timeZone,
    });
    return pdfAnswer(await this.pdf.document(document), `receipt-${postingId}`);
  }

  private async read(postingId: string, snapshot: SqlRunner): Promise<ReceiptContent> {
    const payment = await this.payments.getPosting(postingId, snapshot);
    const { driver_id: driverId, lease_id: leaseId } = payment;
    const holder = await this.accounts.findHolder(driverId, leaseId, snapshot);
    if (!holder) throw leaseDriverMismatch(driverId, leaseId);
    return {
      payment,
      holder,
      paidBalances: await this.receipts.paidBalances(snapshot, postingId),
      owed: (await this.debts.total(driverId, this.clock.today(), snapshot)).outstanding_balance,
    };
  }
}
