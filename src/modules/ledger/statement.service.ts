import { Injectable } from '@nestjs/common';
import { Money } from '../../kernel/money/money.js';
import { leaseOfOtherDriver } from './domain/ledger-refusals.js';
import { ledgerWeek } from './domain/ledger-week.js';
import type { StatementQueryDto } from './http/dto/statement-query.dto.js';
import type { StatementAmountsResponse, StatementResponse } from './http/statement.response.js';
import { AccountQuery } from './queries/account.query.js';
import { StatementQuery } from './queries/statement.query.js';

/** The weekly statement of driver and lease: prior balance + current charge − payment applied = balance forward. */
@Injectable()
export class StatementService {
  constructor(
    private readonly accounts: AccountQuery,
    private readonly statements: StatementQuery,
  ) {}

  async statement(query: StatementQueryDto): Promise<StatementResponse> {
    const { driver_id, lease_id, period_start, as_of } = query;
    const week = ledgerWeek(period_start, undefined, 'period_start');
    if (!(await this.accounts.exists(driver_id, lease_id))) {
      throw leaseOfOtherDriver(driver_id, lease_id);
    }
    const categories = await this.statements.rows(driver_id, lease_id, week, as_of ?? null);
    const total = (column: keyof StatementAmountsResponse): string =>
      Money.sum(categories.map((row) => Money.of(row[column]))).toString();
    return {
      driver_id,
      lease_id,
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
}
