import type { StreamableFile } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock/clock.js';
import { Money } from '../../kernel/money/money.js';
import { AppConfig } from '../../platform/config/app-config.js';
import { Transactions } from '../../platform/database/transactions.js';
import { pdfAnswer } from '../../platform/http/pdf-answer.js';
import { driverStatement } from './documents/driver-statement.js';
import { leaseOfOtherDriver } from './domain/ledger-refusals.js';
import { ledgerWeek } from './domain/ledger-week.js';
import type { StatementQueryDto } from './http/dto/statement-query.dto.js';
import type {
  StatementAmountsResponse,
  StatementResponse,
  StatementRowResponse,
} from './http/statement.response.js';
import { AccountQuery } from './queries/account.query.js';
import type { StatementAccount } from './queries/statement.query.js';
import { StatementQuery } from './queries/statement.query.js';

/** The weekly statement of driver and lease: prior balance + current charge − payment applied = balance forward. */
@Injectable()
export class StatementService {
  constructor(
    private readonly clock: Clock,
    private readonly config: AppConfig,
    private readonly transactions: Transactions,
    private readonly accounts: AccountQuery,
    private readonly statements: StatementQuery,
  ) {}

  /** As JSON, or as the sheet that the driver gets. */
  answer(query: StatementQueryDto): Promise<StatementResponse | StreamableFile> {
    return query.format === 'pdf' ? this.print(query) : this.statement(query);
  }

  private async statement(query: StatementQueryDto): Promise<StatementResponse> {
    const account = accountOf(query);
    if (!(await this.accounts.exists(account.driverId, account.leaseId))) {
      throw leaseOfOtherDriver(account.driverId, account.leaseId);
    }
    return statementOf(account, await this.statements.rows(account));
  }

  private async print(query: StatementQueryDto): Promise<StreamableFile> {
    const account = accountOf(query);
    const { driverId, leaseId, week, asOf } = account;
    const lines = await this.transactions.readSnapshot(async (snapshot) => {
      const holder = await this.accounts.findHolder(driverId, leaseId, snapshot);
      if (!holder) throw leaseOfOtherDriver(driverId, leaseId);
      return {
        holder,
        statement: statementOf(account, await this.statements.rows(account, snapshot)),
        charges: await this.statements.charges(account, snapshot),
        payments: await this.statements.payments(account, snapshot),
        unallocatedCredit: await this.statements.unallocatedCredit(account, snapshot),
      };
    });
    const file = await driverStatement({
      ...lines,
      fleet: this.config.FLEET_NAME,
      asOf,
      madeAt: this.clock.now(),
      timeZone: this.clock.timeZone,
    });
    return pdfAnswer(
      file,
      `statement-${lines.holder.tlc_license_number}-${lines.holder.lease_number}-${week.start}`,
    );
  }
}

function accountOf({ driver_id, lease_id, period_start, as_of }: StatementQueryDto): StatementAccount {
  const week = ledgerWeek(period_start, undefined, 'period_start');
  return { driverId: driver_id, leaseId: lease_id, week, asOf: as_of ?? null };
}

function statementOf(
  { driverId, leaseId, week }: StatementAccount,
  categories: StatementRowResponse[],
): StatementResponse {
  const total = (column: keyof StatementAmountsResponse): string =>
    Money.sum(categories.map((row) => Money.of(row[column]))).toString();
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
      balance_forward: total('balance_forward'),
    },
  };
}
