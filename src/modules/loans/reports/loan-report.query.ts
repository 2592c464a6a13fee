import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import type { PaymentWeek } from '../../../kernel/calendar/payment-week.js';
import type { PagedSql } from '../../../platform/database/page.js';
import { Page, selectPage } from '../../../platform/database/page.js';
import { DRIVER_NAME } from '../../drivers/index.js';
import type { WholeWeeks } from '../schedule/whole-weeks.js';

import {
  daysSinceDue,
  IS_DUE,
  IS_OPEN,
  IS_OWED,
  IS_POSTED,
  OUTSTANDING,
  overdue,
  sumOf,
  UNPAID_INTEREST,
  UNPAID_PRINCIPAL,
} from '../loan/figures.sql.js';
import type { AgingExportInput, LoanAgingInput } from './loan-report.input.js';
import type {
  AgingItemView,
  AgingTotalsView,
  CollectionSumsView,
  CollectionWeekView,
  ForecastLineView,
  PortfolioAtRiskView,
} from './loan-report.view.js';

/** The due amounts of each loan by age. $1 is today. */
const OPEN_BY_AGE = `
  SELECT s.loan_id, ${bucket('current', '<= 0')}, ${bucket('days_1_7', 'BETWEEN 1 AND 7')},
         ${bucket('days_8_14', 'BETWEEN 8 AND 14')}, ${bucket('days_15_28', 'BETWEEN 15 AND 28')},
         ${bucket('over_28_days', '> 28')}, ${overdue('$1')} AS overdue,
         greatest(max(${daysSinceDue('$1')}), 0) AS days_overdue
  FROM loan_schedules s
  WHERE s.posted_to_ledger AND ${IS_DUE}
  GROUP BY s.loan_id`;

function bucket(name: string, days: string): string {
  return `${sumOf('s.outstanding_balance', `${daysSinceDue('$1')} ${days}`)} AS ${name}`;
}

const AGING_FROM = `
  FROM (${OPEN_BY_AGE}) AS aged
  JOIN driver_loans l ON l.loan_id = aged.loan_id
  JOIN drivers d ON d.id = l.driver_id
  WHERE ($2::integer IS NULL OR l.driver_id = $2)
    AND ($3::integer IS NULL OR l.lease_id = $3)`;

const AGING_ITEM = `
  SELECT aged.loan_id, l.status, l.driver_id, l.lease_id, d.tlc_license_number,
         ${DRIVER_NAME} AS driver_name, l.outstanding_balance, aged.current, aged.days_1_7,
         aged.days_8_14, aged.days_15_28, aged.over_28_days, aged.overdue, aged.days_overdue`;

const SORTS: Readonly<Record<LoanAgingInput['sort_by'], string>> = {
  days_overdue: 'aged.days_overdue',
  overdue: 'aged.overdue',
};

const AGING_TOTALS = `
  SELECT ${['current', 'days_1_7', 'days_8_14', 'days_15_28', 'over_28_days', 'overdue']
    .map((column) => `${sumOf(`aged.${column}`)} AS ${column}`)
    .join(', ')}`;

/** If anything on a loan is overdue, all its outstanding principal is at risk. */
const AT_RISK = `
  WITH sums AS (
    SELECT ${OUTSTANDING} AS outstanding, ${sumOf('l.outstanding_balance', 'aged.days_overdue > 0')} AS late,
           ${sumOf('l.outstanding_balance', 'aged.days_overdue > 28')} AS very_late
    FROM driver_loans l LEFT JOIN (${OPEN_BY_AGE}) AS aged USING (loan_id)
    WHERE ${IS_OPEN}
      AND ($2::integer IS NULL OR l.driver_id = $2)
      AND ($3::integer IS NULL OR l.lease_id = $3))
  SELECT outstanding AS outstanding_principal, late AS principal_overdue,
         coalesce(round(100 * late / nullif(outstanding, 0), 2), 0)::numeric(5,2) AS share_overdue,
         very_late AS principal_over_28_days,
         coalesce(round(100 * very_late / nullif(outstanding, 0), 2), 0)::numeric(5,2) AS share_over_28_days
  FROM sums`;

/**
 * One total row for the weeks $1 to $2, then one row for each week. Filters by the indexed due date, which is in its
 * week.
 */
const COLLECTIONS = `
  WITH due AS (
    SELECT week_start, count(*) AS installments, sum(total_due) AS total_due, sum(principal_paid) AS principal_paid,
           sum(interest_paid) AS interest_paid, sum(principal_written_off + interest_written_off) AS written_off,
           sum(outstanding_balance) AS outstanding
    FROM loan_schedules s
    WHERE due_date BETWEEN $1::date AND $2::date AND ${IS_POSTED}
    GROUP BY week_start),
  line AS (
    SELECT week::date AS week_start FROM generate_series($1::date, $2::date, interval '7 days') AS week)
  SELECT week_start, week_start + 6 AS week_end, coalesce(sum(installments), 0)::integer AS installments,
         ${sumOf('total_due')} AS total_due, ${sumOf('principal_paid')} AS principal_paid,
         ${sumOf('interest_paid')} AS interest_paid, ${sumOf('principal_paid + interest_paid')} AS total_paid,
         ${sumOf('written_off')} AS written_off, ${sumOf('outstanding')} AS outstanding
  FROM line LEFT JOIN due USING (week_start)
  GROUP BY GROUPING SETS ((line.week_start), ()) ORDER BY line.week_start NULLS FIRST`;

/** One line for each week, one before the first week ($1) and one after the last week ($2). */
const FORECAST = `
  WITH line AS (
    SELECT week::date AS week_start FROM generate_series($1::date, $2::date, interval '7 days') AS week
    UNION ALL VALUES ('-infinity'::date), ('infinity'::date)),
  owed AS (
    SELECT CASE WHEN s.week_start < $1::date THEN '-infinity'::date WHEN s.week_start > $2::date THEN 'infinity'::date
                ELSE s.week_start END AS week_start,
           ${UNPAID_PRINCIPAL} AS principal, ${UNPAID_INTEREST} AS interest,
           l.status = 'ON_HOLD' AS is_held
    FROM loan_schedules s JOIN driver_loans l USING (loan_id)
    WHERE ${IS_OWED})
  SELECT CASE WHEN isfinite(week_start) THEN week_start END AS week_start,
         CASE WHEN isfinite(week_start) THEN week_start + 6 END AS week_end,
         ${sumOf('principal')} AS principal, ${sumOf('interest')} AS interest, ${sumOf('principal + interest')} AS total,
         ${sumOf('principal + interest', 'is_held')} AS on_hold
  FROM line LEFT JOIN owed USING (week_start)
  GROUP BY line.week_start ORDER BY line.week_start`;

@Injectable()
export class LoanReportQuery {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  listAging(query: LoanAgingInput, today: CalendarDate): Promise<Page<AgingItemView>> {
    return selectPage<AgingItemView>(this.dataSource, this.agingSql(query, today), query);
  }

  /** The SQL of the list, without paging. */
  agingSql(query: AgingExportInput, today: CalendarDate): PagedSql {
    return {
      select: AGING_ITEM,
      from: AGING_FROM,
      orderBy: `${SORTS[query.sort_by]} ${query.sort_order}, l.id ${query.sort_order}`,
      parameters: [today, query.driver_id, query.lease_id],
    };
  }

  async agingTotals(query: LoanAgingInput, today: CalendarDate): Promise<AgingTotalsView> {
    const rows = await this.dataSource.query<[AgingTotalsView]>(AGING_TOTALS + AGING_FROM, [
      today,
      query.driver_id,
      query.lease_id,
    ]);
    return rows[0];
  }

  async portfolioAtRisk(query: LoanAgingInput, today: CalendarDate): Promise<PortfolioAtRiskView> {
    const rows = await this.dataSource.query<[PortfolioAtRiskView]>(AT_RISK, [
      today,
      query.driver_id,
      query.lease_id,
    ]);
    return rows[0];
  }

  async collections(
    period: WholeWeeks,
  ): Promise<{ weeks: CollectionWeekView[]; totals: CollectionSumsView }> {
    const parameters = [period.start, period.end];
    const [all, ...weeks] = await this.dataSource.query<[CollectionWeekView, ...CollectionWeekView[]]>(
      COLLECTIONS,
      parameters,
    );
    const { week_start: _start, week_end: _end, ...totals } = all;
    return { weeks, totals };
  }

  /** The first line is before the first week, the last line after the last week. */
  async forecast(first: PaymentWeek, last: PaymentWeek): Promise<ForecastLineView[]> {
    return await this.dataSource.query<ForecastLineView[]>(FORECAST, [first.start, last.start]);
  }
}
