import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import type { PaymentWeek } from '../../../kernel/calendar/payment-week.js';
import type { PagedSql } from '../../../platform/database/page.js';
import { DRIVER_NAME } from '../../drivers/index.js';
import type { WholeWeeks } from '../schedule/whole-weeks.js';

import {
  daysSinceDue,
  IS_DUE,
  IS_OPEN,
  IS_POSTED,
  IS_UNSETTLED,
  overdue,
  sumOf,
  UNPAID_SUMS,
} from '../loan/figures.sql.js';
import type { AgingExportInput, LoanAgingInput } from './loan-report.input.js';
import type {
  AgingItemView,
  AgingTotalsView,
  CollectionSumsView,
  CollectionWeekView,
  ForecastLineView,
  LoanAgingView,
  PortfolioAtRiskView,
} from './loan-report.view.js';

/** The days since the due date of each bucket */
const BUCKETS = Object.entries({
  current: '<= 0',
  days_1_7: 'BETWEEN 1 AND 7',
  days_8_14: 'BETWEEN 8 AND 14',
  days_15_28: 'BETWEEN 15 AND 28',
  over_28_days: '> 28',
})
  .map(([name, days]) => `${sumOf('s.outstanding_balance', `${daysSinceDue('$1')} ${days}`)} AS ${name}`)
  .join(', ');

/** The due amounts of each loan by age. $1 is today. */
const dueByAge = (condition = ''): string => `
  SELECT s.loan_id, ${BUCKETS}, ${overdue('$1')} AS overdue,
         greatest(max(${daysSinceDue('$1')}), 0) AS days_overdue
  FROM loan_schedules s
  WHERE s.posted_to_ledger AND ${IS_DUE} ${condition}
  GROUP BY s.loan_id`;

const AGING_FROM = `
  FROM (${dueByAge()}) AS aged
  JOIN driver_loans l ON l.loan_id = aged.loan_id
  JOIN drivers d ON d.id = l.driver_id
  WHERE ($2::integer IS NULL OR l.driver_id = $2)
    AND ($3::integer IS NULL OR l.lease_id = $3)`;

const AGING_ITEM = `
  SELECT aged.loan_id, l.status, l.driver_id, l.lease_id, d.tlc_license_number,
         ${DRIVER_NAME} AS driver_name, l.outstanding_balance, aged.current, aged.days_1_7,
         aged.days_8_14, aged.days_15_28, aged.over_28_days, aged.overdue, aged.days_overdue`;

type AgingOrder = Pick<LoanAgingInput, 'sort_by' | 'sort_order'>;

interface AgingPage extends PortfolioAtRiskView {
  readonly total: number;
  /** The loans of the page, in their order */
  readonly loan_ids: string[];
}

const SORTS: Readonly<Record<LoanAgingInput['sort_by'], string>> = {
  days_overdue: 'aged.days_overdue',
  overdue: 'aged.overdue',
};

const OF_DRIVER_AND_LEASE = `
    ($2::integer IS NULL OR l.driver_id = $2) AND ($3::integer IS NULL OR l.lease_id = $3)`;

/** The installments of the report. $1 is today, $2 and $3 are the driver and the lease. */
const DUE_INSTALLMENTS = `
  FROM loan_schedules s
  WHERE s.posted_to_ledger AND ${IS_DUE}
    AND (coalesce($2::integer, $3::integer) IS NULL
         OR s.loan_id = ANY (ARRAY(SELECT l.loan_id FROM driver_loans l WHERE ${OF_DRIVER_AND_LEASE})))`;

/** Sums by due date first, because comparing each installment with today would be slower. */
const AGING_TOTALS = `
  SELECT ${BUCKETS}, ${overdue('$1')} AS overdue
  FROM (SELECT 'POSTED' AS status, s.due_date, sum(s.outstanding_balance) AS outstanding_balance ${DUE_INSTALLMENTS}
        GROUP BY s.due_date) AS s`;

/**
 * The number of loans in the report, those of the page, and what is at risk: if anything on a loan is overdue, all its
 * outstanding principal is. One pass over the installments for all three.
 */
const agingPage = (query: AgingOrder): string => `
  WITH aged AS MATERIALIZED (
    SELECT s.loan_id, greatest(max(${daysSinceDue('$1')}), 0) AS days_overdue${
      query.sort_by === 'overdue' ? `, ${overdue('$1')} AS overdue` : ''
    } ${DUE_INSTALLMENTS}
    GROUP BY s.loan_id),
  sums AS (
    SELECT count(aged.loan_id)::integer AS total, ${sumOf('l.outstanding_balance', IS_OPEN)} AS outstanding,
           ${sumOf('l.outstanding_balance', `${IS_OPEN} AND aged.days_overdue > 0`)} AS overdue,
           ${sumOf('l.outstanding_balance', `${IS_OPEN} AND aged.days_overdue > 28`)} AS over_28_days
    FROM driver_loans l LEFT JOIN aged USING (loan_id)
    WHERE ${OF_DRIVER_AND_LEASE})
  SELECT total,
         ARRAY(SELECT l.loan_id FROM aged JOIN driver_loans l USING (loan_id) ORDER BY ${orderOf(query)} LIMIT $4 OFFSET $5)
           AS loan_ids,
         outstanding AS outstanding_principal, overdue AS principal_overdue,
         coalesce(round(100 * overdue / nullif(outstanding, 0), 2), 0)::numeric(5,2) AS share_overdue,
         over_28_days AS principal_over_28_days,
         coalesce(round(100 * over_28_days / nullif(outstanding, 0), 2), 0)::numeric(5,2) AS share_over_28_days
  FROM sums`;

const AGING_ITEMS = `${AGING_ITEM}
  FROM (${dueByAge('AND s.loan_id = ANY ($2)')}) AS aged
  JOIN driver_loans l ON l.loan_id = aged.loan_id
  JOIN drivers d ON d.id = l.driver_id
  ORDER BY array_position($2, aged.loan_id)`;

/**
 * One total row for the weeks $1 to $2, then one row for each week. Filters by the indexed due date, which is in its
 * week. What is written off follows from the other amounts (ck_loan_schedules_paid).
 */
const COLLECTIONS = `
  WITH due AS (
    SELECT week_start, count(*) AS installments, sum(total_due) AS total_due, sum(principal_paid) AS principal_paid,
           sum(interest_paid) AS interest_paid, sum(outstanding_balance) AS outstanding
    FROM loan_schedules s
    WHERE due_date BETWEEN $1::date AND $2::date AND ${IS_POSTED}
    GROUP BY week_start),
  line AS (
    SELECT week::date AS week_start FROM generate_series($1::date, $2::date, interval '7 days') AS week)
  SELECT week_start, week_start + 6 AS week_end, coalesce(sum(installments), 0)::integer AS installments,
         ${sumOf('total_due')} AS total_due, ${sumOf('principal_paid')} AS principal_paid,
         ${sumOf('interest_paid')} AS interest_paid, ${sumOf('principal_paid + interest_paid')} AS total_paid,
         ${sumOf('total_due - principal_paid - interest_paid - outstanding')} AS written_off,
         ${sumOf('outstanding')} AS outstanding
  FROM line LEFT JOIN due USING (week_start)
  GROUP BY GROUPING SETS ((line.week_start), ()) ORDER BY line.week_start NULLS FIRST`;

/**
 * One line for each week, one before the first week ($1) and one after the last week ($2). Most loans are ACTIVE, so only
 * the others are looked up.
 */
const FORECAST = `
  WITH line AS (
    SELECT week::date AS week_start FROM generate_series($1::date, $2::date, interval '7 days') AS week
    UNION ALL VALUES ('-infinity'::date), ('infinity'::date)),
  owed AS (
    SELECT s.week_start, false AS is_held, ${UNPAID_SUMS} FROM loan_schedules s
    WHERE ${IS_UNSETTLED} AND NOT EXISTS (
      SELECT FROM driver_loans l WHERE l.loan_id = s.loan_id AND l.status <> 'ACTIVE')
    GROUP BY s.week_start
    UNION ALL
    SELECT s.week_start, true, ${UNPAID_SUMS} FROM loan_schedules s JOIN driver_loans l USING (loan_id)
    WHERE ${IS_UNSETTLED} AND l.status = 'ON_HOLD'
    GROUP BY s.week_start),
  owed_by_line AS (
    SELECT CASE WHEN week_start < $1::date THEN '-infinity'::date WHEN week_start > $2::date THEN 'infinity'::date
                ELSE week_start END AS week_start, principal, total, is_held
    FROM owed)
  SELECT CASE WHEN isfinite(week_start) THEN week_start END AS week_start,
         CASE WHEN isfinite(week_start) THEN week_start + 6 END AS week_end,
         ${sumOf('principal')} AS principal, ${sumOf('total - principal')} AS interest, ${sumOf('total')} AS total,
         ${sumOf('total', 'is_held')} AS on_hold
  FROM line LEFT JOIN owed_by_line USING (week_start)
  GROUP BY line.week_start ORDER BY line.week_start`;

const orderOf = ({ sort_by, sort_order }: AgingOrder): string =>
  `${SORTS[sort_by]} ${sort_order}, l.id ${sort_order}`;

@Injectable()
export class LoanReportQuery {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** The page of the list, the totals over all pages, and what is at risk. */
  async aging(query: LoanAgingInput, today: CalendarDate): Promise<Omit<LoanAgingView, 'as_of'>> {
    const { page, page_size, driver_id, lease_id } = query;
    const parameters = [today, driver_id, lease_id];
    const [[totals], [{ total, loan_ids, ...portfolio_at_risk }]] = await Promise.all([
      this.dataSource.query<[AgingTotalsView]>(AGING_TOTALS, parameters),
      this.dataSource.query<[AgingPage]>(agingPage(query), [
        ...parameters,
        page_size,
        (page - 1) * page_size,
      ]),
    ]);
    const items = await this.dataSource.query<AgingItemView[]>(AGING_ITEMS, [today, loan_ids]);
    return {
      items,
      total,
      total_is_lower_bound: false,
      page,
      page_size,
      total_pages: Math.ceil(total / page_size),
      totals,
      portfolio_at_risk,
    };
  }

  /** The SQL of the list, without paging. */
  agingSql(query: AgingExportInput, today: CalendarDate): PagedSql {
    return {
      select: AGING_ITEM,
      from: AGING_FROM,
      orderBy: orderOf(query),
      parameters: [today, query.driver_id, query.lease_id],
    };
  }

  async collections(
    period: WholeWeeks,
  ): Promise<{ weeks: CollectionWeekView[]; totals: CollectionSumsView }> {
    const parameters = [period.start, period.end];
    const [totalRow, ...weeks] = await this.dataSource.query<[CollectionWeekView, ...CollectionWeekView[]]>(
      COLLECTIONS,
      parameters,
    );
    const { week_start: _start, week_end: _end, ...totals } = totalRow;
    return { weeks, totals };
  }

  /** The first line is before the first week, the last line after the last week. */
  async forecast(first: PaymentWeek, last: PaymentWeek): Promise<ForecastLineView[]> {
    return await this.dataSource.query<ForecastLineView[]>(FORECAST, [first.start, last.start]);
  }
}
