import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { PaymentWeek } from '../../../kernel/calendar/payment-week.js';
import { DEBT_CATEGORIES } from '../domain/category.js';
import type { StatementRowResponse } from '../http/statement.response.js';
import { stoodAt } from './balance-view.js';

/**
 * A debt counts in the week in which it falls due. What is paid on it counts in the payment week of the CREDIT that
 * pays it, or in the debt's own week where that is later: a debt paid ahead shows charge and payment together in the
 * week in which it falls due. So each debt and each payment counts in one week, no debt is paid before it is charged,
 * and what one week carries forward is what the next one finds. Postings and allocations count while they stand.
 */
const STATEMENT = `
  WITH debt AS (
    SELECT b.balance_id, b.category, b.original_amount AS amount, b.due_date
    FROM ledger_balances b
    JOIN ledger_postings debit ON debit.id = b.posting_id
    WHERE b.driver_id = $1 AND b.lease_id = $2 AND b.due_date <= $4::date
      AND debit.posted_at <= coalesce($5::timestamptz, 'infinity') AND ${stoodAt('debit', '$5')}),
  entry AS (
    SELECT category, due_date AS counts_on, amount AS charged, 0 AS paid FROM debt
    UNION ALL
    SELECT debt.category, greatest(debt.due_date, credit.payment_period_start), 0, a.amount_allocated
    FROM debt
    JOIN payment_allocations a ON a.balance_id = debt.balance_id
    JOIN ledger_postings credit ON credit.posting_id = a.payment_posting_id
    WHERE a.allocated_at <= coalesce($5::timestamptz, 'infinity') AND ${stoodAt('credit', '$5')}),
  tally AS (
    SELECT category,
           coalesce(sum(charged - paid) FILTER (WHERE counts_on < $3::date), 0) AS prior,
           coalesce(sum(charged) FILTER (WHERE counts_on >= $3::date), 0) AS charged,
           coalesce(sum(paid) FILTER (WHERE counts_on >= $3::date), 0) AS paid
    FROM entry WHERE counts_on <= $4::date GROUP BY category)
  SELECT listed.category, coalesce(prior, 0)::numeric(14,2) AS prior_balance,
         coalesce(charged, 0)::numeric(14,2) AS current_charge, coalesce(paid, 0)::numeric(14,2) AS payment_applied,
         coalesce(prior + charged - paid, 0)::numeric(14,2) AS balance_forward
  FROM unnest($6::text[]) WITH ORDINALITY AS listed (category, place)
  LEFT JOIN tally USING (category)
  ORDER BY place`;

@Injectable()
export class StatementQuery {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** One row for each category of debts, in their order. */
  async rows(
    driverId: number,
    leaseId: number,
    week: PaymentWeek,
    asOf: Date | null,
  ): Promise<StatementRowResponse[]> {
    return await this.dataSource.query<StatementRowResponse[]>(STATEMENT, [
      driverId,
      leaseId,
      week.start,
      week.end,
      asOf,
      DEBT_CATEGORIES,
    ]);
  }
}
