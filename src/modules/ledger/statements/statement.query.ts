import { Injectable } from '@nestjs/common';
import type { PaymentWeek } from '../../../kernel/calendar/payment-week.js';
import { Clock } from '../../../kernel/clock/clock.js';
import type { PagedSql, SqlRunner } from '../../../platform/database/page.js';
import { prepared } from '../../../platform/database/prepared.js';
import type { Category } from '../account/category.js';
import { OBLIGATION_CATEGORIES } from '../account/category.js';

import { OWNER_NAMES, OWNERS } from '../account/owner-names.sql.js';
import type { StatementExportInput } from '../exports/export.input.js';
import type { StatementMoneyView, StatementRowView } from './statement.view.js';

/** One line of a statement: the charge, payment or adjustment of one obligation by one posting. */
export interface StatementLine {
  readonly entry: 'CHARGE' | 'PAYMENT' | 'ADJUSTMENT';
  readonly posting_id: string;
  /** Due date of a charge, receipt date of a payment, posting date of an adjustment */
  readonly date: string;
  readonly category: Category;
  /** Of the obligation */
  readonly reference_id: string;
  /** Of the obligation; for an adjustment, of its own posting */
  readonly description: string | null;
  /** The change of what is owed: negative for payments, and for adjustments that lower it */
  readonly amount: string;
}

/** Of driver $1 and lease $2. */
const OF_ONE = 'b.driver_id = $1 AND b.lease_id = $2';
/** Of all accounts, or of driver $1, or of lease $2. */
const OF_MANY = '($1::integer IS NULL OR b.driver_id = $1) AND ($2::integer IS NULL OR b.lease_id = $2)';

/** The day on which the posting was voided, if the void was posted by the instant. If the instant is null: now. */
const voidedOn = (posting: string, instant: string, timeZone: string): string => `
  CASE WHEN ${posting}.voided_at <= coalesce(${instant}::timestamptz, 'infinity')
       THEN (${posting}.voided_at AT TIME ZONE ${timeZone}::text)::date END`;

/**
 * The day on which an allocation counts. An obligation counts in the week in which it falls due, an allocation to it in
 * the payment week of the CREDIT, but not before. An allocation after the void of an earlier payment counts from the
 * day of the void, because the voided payment counts until then.
 */
const paidOn = (allocation: string, debt: string, credit: string, timeZone: string): string => `
  greatest(${debt}.due_date, ${credit}.payment_period_start, (
    SELECT max((voided.voided_at AT TIME ZONE ${timeZone}::text)::date)
    FROM payment_allocations earlier JOIN ledger_postings voided ON voided.posting_id = earlier.payment_posting_id
    WHERE earlier.balance_id = ${allocation}.balance_id AND earlier.id < ${allocation}.id
      AND voided.voided_at <= ${allocation}.allocated_at))`;

const weekEndOf = (day: string): string => `${day} + 6 - extract(dow FROM ${day})::integer`;

/**
 * Every change of what the accounts owe up to $4 (docs/figures.md, "Statement"), each counted in one week. A posting
 * that was voided in its week or before is omitted. A posting that was voided later remains in its week, and the void
 * is an adjustment in the week of the void. So no obligation is paid before it is charged, the balance forward of a
 * week is the prior balance of the next one, and a printed statement remains correct.
 */
const entriesOf = (accounts: string): string => `
  debt AS (
    SELECT b.balance_id, debit.posting_id, b.driver_id, b.lease_id, b.category, b.reference_id, b.description,
           b.original_amount, b.due_date, debit.voided_by_posting_id, ${voidedOn('debit', '$5', '$6')} AS voided_on
    FROM ledger_balances b
    JOIN ledger_postings debit ON debit.id = b.posting_id
    WHERE ${accounts} AND b.due_date <= $4::date AND debit.posted_at <= coalesce($5::timestamptz, 'infinity')),
  movement AS (
    SELECT 'CHARGE' AS entry, posting_id, driver_id, lease_id, category, reference_id, description,
           original_amount AS amount, due_date AS counts_on, voided_by_posting_id, voided_on
    FROM debt
    UNION ALL
    SELECT CASE credit.kind WHEN 'WRITE_OFF' THEN 'ADJUSTMENT' ELSE 'PAYMENT' END, credit.posting_id, debt.driver_id,
           debt.lease_id, debt.category, debt.reference_id, debt.description, -a.amount_allocated,
           ${paidOn('a', 'debt', 'credit', '$6')}, credit.voided_by_posting_id, ${voidedOn('credit', '$5', '$6')}
    FROM debt
    JOIN payment_allocations a ON a.balance_id = debt.balance_id
    JOIN ledger_postings credit ON credit.posting_id = a.payment_posting_id
    WHERE a.allocated_at <= coalesce($5::timestamptz, 'infinity')),
  entry AS (
    SELECT m.driver_id, m.lease_id, m.category, m.reference_id, m.description, counted.*
    FROM movement m
    CROSS JOIN LATERAL (
      VALUES (m.entry, m.posting_id, m.amount, m.counts_on, false),
             ('ADJUSTMENT', m.voided_by_posting_id, -m.amount, m.voided_on, true))
      AS counted (entry, posting_id, amount, counts_on, is_void)
    WHERE m.voided_on > ${weekEndOf('m.counts_on')} OR (m.voided_on IS NULL AND NOT counted.is_void))`;

const tallySql = (accounts: string): string => `
  WITH ${entriesOf(accounts)},
  tally AS (
    SELECT driver_id, lease_id, category,
           coalesce(sum(amount) FILTER (WHERE counts_on < $3::date), 0) AS prior,
           coalesce(sum(amount) FILTER (WHERE counts_on >= $3::date AND entry = 'CHARGE'), 0) AS charged,
           coalesce(-sum(amount) FILTER (WHERE counts_on >= $3::date AND entry = 'PAYMENT'), 0) AS paid,
           coalesce(sum(amount) FILTER (WHERE counts_on >= $3::date AND entry = 'ADJUSTMENT'), 0) AS adjusted
    FROM entry WHERE counts_on <= $4::date GROUP BY driver_id, lease_id, category)`;

const STATEMENT = prepared(`${tallySql(OF_ONE)}
  SELECT listed.category, coalesce(prior, 0)::numeric(20,2) AS prior_balance,
         coalesce(charged, 0)::numeric(20,2) AS current_charge, coalesce(paid, 0)::numeric(20,2) AS payment_applied,
         coalesce(adjusted, 0)::numeric(20,2) AS adjustment,
         coalesce(prior + charged - paid + adjusted, 0)::numeric(20,2) AS balance_forward
  FROM unnest($7::text[]) WITH ORDINALITY AS listed (category, place)
  LEFT JOIN tally USING (category)
  ORDER BY place`);

/** Of all accounts, or of driver $1 or lease $2: one line for each category with an amount. */
const ACCOUNT_LINES = `
  FROM (${tallySql(OF_MANY)}
    SELECT * FROM tally WHERE prior <> 0 OR charged <> 0 OR paid <> 0 OR adjusted <> 0) AS line
  JOIN unnest($7::text[]) WITH ORDINALITY AS listed (category, place) ON listed.category = line.category
  JOIN leases le ON le.id = line.lease_id ${OWNERS}`;

const ACCOUNT_LINE = `
  SELECT line.driver_id, line.lease_id, $3::date AS period_start, $4::date AS period_end, ${OWNER_NAMES},
         line.category, prior::numeric(20,2) AS prior_balance, charged::numeric(20,2) AS current_charge,
         paid::numeric(20,2) AS payment_applied, adjusted::numeric(20,2) AS adjustment,
         (prior + charged - paid + adjusted)::numeric(20,2) AS balance_forward`;

const LINES = prepared(`
  WITH ${entriesOf(OF_ONE)}
  SELECT e.entry, p.posting_id, e.category, e.reference_id, e.amount,
         CASE e.entry WHEN 'CHARGE' THEN e.counts_on
                      WHEN 'PAYMENT' THEN coalesce(p.received_on, posted.day)
                      ELSE posted.day END AS date,
         CASE e.entry WHEN 'ADJUSTMENT' THEN concat_ws(': ', p.description, p.notes) ELSE e.description END AS description
  FROM entry e
  JOIN ledger_postings p USING (posting_id)
  CROSS JOIN LATERAL (SELECT (p.posted_at AT TIME ZONE $6::text)::date AS day) AS posted
  WHERE e.counts_on BETWEEN $3::date AND $4::date
  ORDER BY date, p.id, e.reference_id`);

/**
 * The driver's unused credit at the end of week $2. An allocation uses credit from the day on which it was made, or
 * from the day on which it counts if that is earlier. A refund lowers the credit in its payment week.
 */
const CREDIT = prepared(`
  SELECT coalesce(sum(CASE p.kind WHEN 'REFUND' THEN -p.amount ELSE p.amount - used.amount END), 0)::numeric(20,2) AS credit
  FROM ledger_postings p
  CROSS JOIN LATERAL (
    SELECT coalesce(sum(a.amount_allocated), 0) AS amount
    FROM payment_allocations a JOIN ledger_balances b ON b.balance_id = a.balance_id
    WHERE a.payment_posting_id = p.posting_id AND a.allocated_at <= coalesce($3::timestamptz, 'infinity')
      AND least((a.allocated_at AT TIME ZONE $4::text)::date, ${paidOn('a', 'b', 'p', '$4')}) <= $2::date) AS used
  CROSS JOIN LATERAL (SELECT ${voidedOn('p', '$3', '$4')} AS voided_on) AS void
  WHERE p.driver_id = $1 AND p.kind IN ('PAYMENT', 'REFUND') AND p.payment_period_start <= $2::date
    AND p.posted_at <= coalesce($3::timestamptz, 'infinity')
    AND (voided_on IS NULL OR voided_on > $2::date)`);

/**
 * The money that the driver paid under the lease in the week, and the money that was paid back. As for entries, a posting
 * that was voided after its week remains in it, and the void is a negative line in the week of the void.
 */
const MONEY = prepared(`
  SELECT p.kind, counted.posting_id, p.payment_method AS method, p.source_id AS reference,
         counted.amount::numeric(20,2) AS amount,
         CASE WHEN is_void THEN voided_on
              ELSE coalesce(p.received_on, (p.posted_at AT TIME ZONE $6::text)::date) END AS date
  FROM ledger_postings p
  CROSS JOIN LATERAL (SELECT ${voidedOn('p', '$5', '$6')} AS voided_on) AS void
  CROSS JOIN LATERAL (
    VALUES (p.posting_id, p.amount, p.payment_period_start, false),
           (p.voided_by_posting_id, -p.amount, voided_on, true)) AS counted (posting_id, amount, counts_on, is_void)
  WHERE p.driver_id = $1 AND p.lease_id = $2 AND p.kind IN ('PAYMENT', 'RECOVERY', 'REFUND')
    AND p.posted_at <= coalesce($5::timestamptz, 'infinity')
    AND counts_on BETWEEN $3::date AND $4::date
    AND (voided_on > p.payment_period_end OR (voided_on IS NULL AND NOT is_void))
  ORDER BY date, p.id`);

/** The account, week and instant of a statement. If the instant is null: now. */
export interface StatementAccount {
  readonly driverId: number;
  readonly leaseId: number;
  readonly week: PaymentWeek;
  readonly asOf: Date | null;
}

@Injectable()
export class StatementQuery {
  constructor(private readonly clock: Clock) {}

  /** One row for each category of obligations, in the order of the categories. */
  async rows(account: StatementAccount, db: SqlRunner): Promise<StatementRowView[]> {
    return await db.query<StatementRowView[]>(STATEMENT, [
      ...this.parameters(account),
      OBLIGATION_CATEGORIES,
    ]);
  }

  /** The single lines that the rows of the week add up. */
  async lines(account: StatementAccount, db: SqlRunner): Promise<StatementLine[]> {
    return await db.query<StatementLine[]>(LINES, this.parameters(account));
  }

  /** The unused credit of the driver over all leases at the end of the week. */
  async credit(account: StatementAccount, db: SqlRunner): Promise<string> {
    const rows = await db.query<[{ credit: string }]>(CREDIT, [
      account.driverId,
      account.week.end,
      account.asOf,
      this.clock.timeZone,
    ]);
    return rows[0].credit;
  }

  /** The money received and refunded under the account in the week, less the voids in the week of earlier money. */
  async money(account: StatementAccount, db: SqlRunner): Promise<StatementMoneyView[]> {
    return await db.query<StatementMoneyView[]>(MONEY, this.parameters(account));
  }

  /** The SQL of the statements of the week, of all accounts or of a driver or lease, ordered by account. */
  listSql({ driver_id, lease_id, as_of }: StatementExportInput, week: PaymentWeek): PagedSql {
    return {
      select: ACCOUNT_LINE,
      from: ACCOUNT_LINES,
      orderBy: 'line.driver_id, line.lease_id, listed.place',
      parameters: [
        driver_id,
        lease_id,
        week.start,
        week.end,
        as_of,
        this.clock.timeZone,
        OBLIGATION_CATEGORIES,
      ],
    };
  }

  private parameters({ driverId, leaseId, week, asOf }: StatementAccount): unknown[] {
    return [driverId, leaseId, week.start, week.end, asOf, this.clock.timeZone];
  }
}
