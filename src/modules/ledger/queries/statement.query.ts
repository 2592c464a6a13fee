import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { PaymentWeek } from '../../../kernel/calendar/payment-week.js';
import type { PagedSql, SqlRunner } from '../../../platform/database/page.js';
import type { Category } from '../domain/category.js';
import { DEBT_CATEGORIES } from '../domain/category.js';
import type { StatementExportDto } from '../http/dto/ledger-exports.dto.js';
import type { StatementRowResponse } from '../http/statement.response.js';
import { stoodAt } from './balance-view.js';
import { OWNER_NAMES, OWNERS } from './owner-names.js';

/** A debt that a statement counts in its week. */
export interface StatementCharge {
  readonly posting_id: string;
  readonly due_date: string;
  readonly category: Category;
  readonly reference_id: string;
  readonly description: string | null;
  readonly amount: string;
}

/** What a payment paid on one debt, which a statement counts in its week; reference and description are the debt's. */
export interface StatementPayment {
  readonly posting_id: string;
  readonly posted_at: Date;
  readonly category: Category;
  readonly reference_id: string;
  readonly description: string | null;
  readonly amount: string;
}

/** Of driver $1 and lease $2. */
const OF_ONE = 'b.driver_id = $1 AND b.lease_id = $2';
/** Of all, or of driver $1, or of lease $2. */
const OF_MANY = '($1::integer IS NULL OR b.driver_id = $1) AND ($2::integer IS NULL OR b.lease_id = $2)';

/** The debts of the accounts that fall due by $4 and stood at $5. */
const debtsOf = (accounts: string): string => `
  debt AS (
    SELECT b.balance_id, debit.posting_id, b.driver_id, b.lease_id, b.category, b.reference_id, b.description,
           b.original_amount AS amount, b.due_date
    FROM ledger_balances b
    JOIN ledger_postings debit ON debit.id = b.posting_id
    WHERE ${accounts} AND b.due_date <= $4::date
      AND debit.posted_at <= coalesce($5::timestamptz, 'infinity') AND ${stoodAt('debit', '$5')})`;

/**
 * A debt counts in the week in which it falls due. What is paid on it counts in the payment week of the CREDIT that
 * pays it, or in the debt's own week where that is later: a debt paid ahead shows charge and payment together in the
 * week in which it falls due. So each debt and each payment counts in one week, no debt is paid before it is charged,
 * and what one week carries forward is what the next one finds. Postings and allocations count while they stand.
 */
const PAID_ON = 'greatest(debt.due_date, credit.payment_period_start)';
const PAID = `
    FROM debt
    JOIN payment_allocations a ON a.balance_id = debt.balance_id
    JOIN ledger_postings credit ON credit.posting_id = a.payment_posting_id
    WHERE a.allocated_at <= coalesce($5::timestamptz, 'infinity') AND ${stoodAt('credit', '$5')}`;

const tallied = (accounts: string): string => `
  WITH ${debtsOf(accounts)},
  entry AS (
    SELECT driver_id, lease_id, category, due_date AS counts_on, amount AS charged, 0 AS paid FROM debt
    UNION ALL
    SELECT debt.driver_id, debt.lease_id, debt.category, ${PAID_ON}, 0, a.amount_allocated
    ${PAID}),
  tally AS (
    SELECT driver_id, lease_id, category,
           coalesce(sum(charged - paid) FILTER (WHERE counts_on < $3::date), 0) AS prior,
           coalesce(sum(charged) FILTER (WHERE counts_on >= $3::date), 0) AS charged,
           coalesce(sum(paid) FILTER (WHERE counts_on >= $3::date), 0) AS paid
    FROM entry WHERE counts_on <= $4::date GROUP BY driver_id, lease_id, category)`;

const STATEMENT = `${tallied(OF_ONE)}
  SELECT listed.category, coalesce(prior, 0)::numeric(14,2) AS prior_balance,
         coalesce(charged, 0)::numeric(14,2) AS current_charge, coalesce(paid, 0)::numeric(14,2) AS payment_applied,
         coalesce(prior + charged - paid, 0)::numeric(14,2) AS balance_forward
  FROM unnest($6::text[]) WITH ORDINALITY AS listed (category, place)
  LEFT JOIN tally USING (category)
  ORDER BY place`;

/** Of all accounts, or of those of $1 and $2; a line for each category in which anything was owed, charged or paid. */
const LINES = `
  FROM (${tallied(OF_MANY)}
    SELECT * FROM tally WHERE prior <> 0 OR charged <> 0 OR paid <> 0) AS line
  JOIN leases le ON le.id = line.lease_id ${OWNERS}`;

const LINE = `
  SELECT line.driver_id, line.lease_id, $3::date AS period_start, $4::date AS period_end, ${OWNER_NAMES},
         line.category, prior::numeric(14,2) AS prior_balance, charged::numeric(14,2) AS current_charge,
         paid::numeric(14,2) AS payment_applied, (prior + charged - paid)::numeric(14,2) AS balance_forward`;

const CHARGES = `
  WITH ${debtsOf(OF_ONE)}
  SELECT posting_id, due_date, category, reference_id, description, amount
  FROM debt WHERE due_date >= $3::date
  ORDER BY due_date, posting_id`;

const PAYMENTS = `
  WITH ${debtsOf(OF_ONE)}
  SELECT credit.posting_id, credit.posted_at, debt.category, debt.reference_id, debt.description,
         a.amount_allocated AS amount
  ${PAID} AND ${PAID_ON} BETWEEN $3::date AND $4::date
  ORDER BY credit.id, a.id`;

/** What the standing payments of the weeks up to $3 have left over. */
const UNALLOCATED = `
  SELECT coalesce(sum(credit.amount - used.amount), 0)::numeric(14,2) AS amount
  FROM ledger_postings credit
  CROSS JOIN LATERAL (
    SELECT coalesce(sum(a.amount_allocated), 0) AS amount
    FROM payment_allocations a
    WHERE a.payment_posting_id = credit.posting_id
      AND a.allocated_at <= coalesce($4::timestamptz, 'infinity')) AS used
  WHERE credit.driver_id = $1 AND credit.lease_id = $2 AND credit.posting_type = 'CREDIT'
    AND credit.reverses_posting_id IS NULL AND credit.payment_period_start <= $3::date
    AND credit.posted_at <= coalesce($4::timestamptz, 'infinity') AND ${stoodAt('credit', '$4')}`;

/** Whose statement of which week, as the books stood when; null asks for now. */
export interface StatementAccount {
  readonly driverId: number;
  readonly leaseId: number;
  readonly week: PaymentWeek;
  readonly asOf: Date | null;
}

@Injectable()
export class StatementQuery {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** One row for each category of debts, in their order. */
  async rows(account: StatementAccount, db: SqlRunner = this.dataSource): Promise<StatementRowResponse[]> {
    return await db.query<StatementRowResponse[]>(STATEMENT, [...parameters(account), DEBT_CATEGORIES]);
  }

  /** The debts that the rows count as charged in the week. */
  async charges(account: StatementAccount, db: SqlRunner): Promise<StatementCharge[]> {
    return await db.query<StatementCharge[]>(CHARGES, parameters(account));
  }

  /** What the rows count as paid in the week, payment by payment. */
  async payments(account: StatementAccount, db: SqlRunner): Promise<StatementPayment[]> {
    return await db.query<StatementPayment[]>(PAYMENTS, parameters(account));
  }

  /** What payments of this week and of those before it have left over. */
  async unallocatedCredit(account: StatementAccount, db: SqlRunner): Promise<string> {
    const { driverId, leaseId, week, asOf } = account;
    const rows = await db.query<[{ amount: string }]>(UNALLOCATED, [driverId, leaseId, week.end, asOf]);
    return rows[0].amount;
  }

  /** The lines of all statements of the week, or of a driver's or a lease's, account by account. */
  listed({ driver_id, lease_id, as_of }: StatementExportDto, week: PaymentWeek): PagedSql {
    return {
      select: LINE,
      from: LINES,
      orderBy: 'line.driver_id, line.lease_id, array_position($6::text[], line.category)',
      parameters: [driver_id, lease_id, week.start, week.end, as_of, DEBT_CATEGORIES],
    };
  }
}

function parameters({ driverId, leaseId, week, asOf }: StatementAccount): unknown[] {
  return [driverId, leaseId, week.start, week.end, asOf];
}
