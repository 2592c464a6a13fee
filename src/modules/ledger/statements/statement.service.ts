import type { StreamableFile } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock/clock.js';
import { Money } from '../../../kernel/money/money.js';
import { AppConfig } from '../../../platform/config/app-config.js';
import type { SqlRunner } from '../../../platform/database/page.js';
import { Transactions } from '../../../platform/database/transactions.js';
import { pdfAnswer } from '../../../platform/http/pdf-answer.js';
import { PdfThread } from '../../../platform/pdf/pdf-thread.js';
import { driverStatement } from './driver-statement.document.js';
import { leaseDriverMismatch } from '../errors.js';
import { ledgerWeek } from '../postings/ledger-week.js';

import { AccountQuery } from '../account/account.query.js';
import type { StatementAccount } from './statement.query.js';
import { StatementQuery } from './statement.query.js';
import type { StatementInput } from './statement.input.js';
import type { StatementAmountsView, StatementMoneyView, StatementView } from './statement.view.js';

/** The weekly statement of driver and lease (docs/figures.md, "Statement"). */
@Injectable()
export class StatementService {
  constructor(
    private readonly clock: Clock,
    private readonly config: AppConfig,
    private readonly transactions: Transactions,
    private readonly accounts: AccountQuery,
    private readonly statements: StatementQuery,
    private readonly pdf: PdfThread,
  ) {}

  /** As JSON, or as the PDF for the driver. */
  answer(query: StatementInput): Promise<StatementView | StreamableFile> {
    return query.format === 'pdf' ? this.print(query) : this.statement(query);
  }

  private async statement(query: StatementInput): Promise<StatementView> {
    const account = accountOf(query);
    const { driverId, leaseId } = account;
    return this.transactions.readSnapshot(async (snapshot) => {
      const [exists, statement] = await Promise.all([
        this.accounts.exists(driverId, leaseId, snapshot),
        this.read(account, snapshot),
      ]);
      if (!exists) throw leaseDriverMismatch(driverId, leaseId);
      return statement;
    });
  }

  private async print(query: StatementInput): Promise<StreamableFile> {
    const account = accountOf(query);
    const { driverId, leaseId, week, asOf } = account;
    const content = await this.transactions.readSnapshot(async (snapshot) => {
      const holder = await this.accounts.findHolder(driverId, leaseId, snapshot);
      if (!holder) throw leaseDriverMismatch(driverId, leaseId);
      return {
        holder,
        statement: await this.read(account, snapshot),
        lines: await this.statements.lines(account, snapshot),
      };
    });
    const document = driverStatement({
      ...content,
      fleet: this.config.FLEET_NAME,
      asOf,
      madeAt: this.clock.now(),
      timeZone: this.clock.timeZone,
    });
    return pdfAnswer(
      await this.pdf.document(document),
      `statement-${content.holder.tlc_license_number}-${content.holder.lease_number}-${week.start}`,
    );
  }

  private async read(account: StatementAccount, snapshot: SqlRunner): Promise<StatementView> {
    const [categories, credit, money] = await Promise.all([
      this.statements.rows(account, snapshot),
      this.statements.credit(account, snapshot),
      this.statements.money(account, snapshot),
    ]);
    return statementOf(account, { categories, credit, money });
  }
}

function accountOf({ driver_id, lease_id, period_start, as_of }: StatementInput): StatementAccount {
  const week = ledgerWeek(period_start, undefined, 'period_start');
  return { driverId: driver_id, leaseId: lease_id, week, asOf: as_of ?? null };
}

function statementOf(
  { driverId, leaseId, week }: StatementAccount,
  {
    categories,
    credit,
    money,
  }: Pick<StatementView, 'categories' | 'credit'> & { readonly money: readonly StatementMoneyView[] },
): StatementView {
  const total = (column: keyof StatementAmountsView): string => sumOf(categories.map((row) => row[column]));
  const receipts = money.filter(({ kind }) => kind !== 'REFUND');
  const refunds = money.filter(({ kind }) => kind === 'REFUND');
  return {
    driver_id: driverId,
    lease_id: leaseId,
    period_start: week.start,
    period_end: week.end,
    categories,
    totals: {
      prior_balance: total('prior_balance'),
      current_charge: total('current_charge'),
      payment_applied: total('payment_applied'),
      adjustment: total('adjustment'),
      balance_forward: total('balance_forward'),
    },
    credit,
    recovered: sumOf(amountsOf(receipts.filter(({ kind }) => kind === 'RECOVERY'))),
    receipts,
    total_received: sumOf(amountsOf(receipts)),
    refunds,
    total_refunded: sumOf(amountsOf(refunds)),
  };
}

const amountsOf = (money: readonly StatementMoneyView[]): string[] => money.map(({ amount }) => amount);

const sumOf = (amounts: readonly string[]): string =>
  Money.sum(amounts.map((amount) => Money.of(amount))).toString();
