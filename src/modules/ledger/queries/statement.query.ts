import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { PaymentWeek } from '../../../kernel/calendar/payment-week.js';
import type { PagedSql } from '../../../platform/database/page.js';
import { DEBT_CATEGORIES } from '../domain/category.js';
import type { StatementExportDto } from '../http/dto/ledger-exports.dto.js';
import type { StatementRowResponse } from '../http/statement.response.js';
import { stoodAt } from './balance-view.js';
import { OWNER_NAMES, OWNERS } from './owner-names.js';

/**
 * A debt counts in the week in which it falls due. What is paid on it counts in the payment week of the CREDIT that
 * pays it, or in the debt's own week where that is later: a debt paid ahead shows charge and payment together in the
 * week in which it falls due. So each debt and each payment counts in one week, no debt is paid before it is charged,
 * and what one week carries forward is what the next one finds. Postings and allocations count while they stand.
 */
const tallied = (accounts: string): string => `
  WITH debt AS (
    SELECT b.balance_id, b.driver_id, b.lease_id, b.category, b.original_amount AS amount, b.due_date
    FROM ledger_balances b
    JOIN ledger_postings debit ON debit.id = b.posting_id
    WHERE ${accounts} AND b.due_date <= $4::date
      AND debit.posted_at <= coalesce($5::timestamptz, 'infinity') AND ${stoodAt('debit', '$5')}),
  entry AS (
    SELECT driver_id, lease_id, category, due_date AS counts_on, amount AS charged, 0 AS paid FROM debt
    UNION ALL
    SELECT debt.driver_id, debt.lease_id, debt.category, greatest(debt.due_date, credit.payment_period_start), 0, a.amount_allocated
    FROM debt
    JOIN payment_allocations a ON a.balance_id = debt.balance_id
    JOIN ledger_postings credit ON credit.posting_id = a.payment_posting_id
    WHERE a.allocated_at <= coalesce($5::timestamptz, 'infinity') AND ${stoodAt('credit', '$5')}),
  tally AS (
    SELECT driver_id, lease_id, category,
           coalesce(sum(charged - paid) FILTER (WHERE counts_on < $3::date), 0) AS prior,
           coalesce(sum(charged) FILTER (WHERE counts_on >= $3::date), 0) AS charged,
           coalesce(sum(paid) FILTER (WHERE counts_on >= $3::date), 0) AS paid
    FROM entry WHERE counts_on <= $4::date GROUP BY driver_id, lease_id, category)`;

const OF_ONE = `${tallied('b.driver_id = $1 AND b.lease_id = $2')}
  SELECT listed.category, coalesce(prior, 0)::numeric(14,2) AS prior_balance,
         coalesce(charged, 0)::numeric(14,2) AS current_charge, coalesce(paid, 0)::numeric(14,2) AS payment_applied,
         coalesce(prior + charged - paid, 0)::numeric(14,2) AS balance_forward
  FROM unnest($6::text[]) WITH ORDINALITY AS listed (category, place)
  LEFT JOIN tally USING (category)
  ORDER BY place`;

/** Of all accounts, or of those of $1 and $2; a line for each category in which anything was owed, charged or paid. */
const OF_MANY = `
  FROM (${tallied('($1::integer IS NULL OR b.driver_id = $1) AND ($2::integer IS NULL OR b.lease_id = $2)')}
    SELECT * FROM tally WHERE prior <> 0 OR charged <> 0 OR paid <> 0) AS line
  JOIN leases le ON le.id = line.lease_id ${OWNERS}`;

const LINE = `
  SELECT line.driver_id, line.lease_id, $3::date AS period_start, $4::date AS period_end, ${OWNER_NAMES},
         line.category, prior::numeric(14,2) AS prior_balance, charged::numeric(14,2) AS current_charge,
         paid::numeric(14,2) AS payment_applied, (prior + charged - paid)::numeric(14,2) AS balance_forward`;

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
    return await this.dataSource.query<StatementRowResponse[]>(OF_ONE, [
      driverId,
      leaseId,
      week.start,
      week.end,
      asOf,
      DEBT_CATEGORIES,
    ]);
  }

  /** The lines of all statements of the week, or of a driver's or a lease's, account by account. */
  listed({ driver_id, lease_id, as_of }: StatementExportDto, week: PaymentWeek): PagedSql {
    return {
      select: LINE,
      from: OF_MANY,
      orderBy: 'line.driver_id, line.lease_id, array_position($6::text[], line.category)',
      parameters: [driver_id, lease_id, week.start, week.end, as_of, DEBT_CATEGORIES],
    };
  }
}
