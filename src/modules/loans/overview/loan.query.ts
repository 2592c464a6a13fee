import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import type { PagedSql, Unpaged } from '../../../platform/database/page.js';
import { Page, selectPage, SqlRunner } from '../../../platform/database/page.js';
import { prepared } from '../../../platform/database/prepared.js';
import { idsOfMatchingDrivers, NAMED_DRIVER } from '../../drivers/index.js';

import {
  CANCELLED_AFTER_POSTING,
  COLLECTED,
  DUE,
  INTEREST_COLLECTED,
  IS_OPEN,
  LENT,
  OUTSTANDING,
  overdue,
  RECOVERED,
  sumOf,
  WRITTEN_OFF,
} from '../loan/figures.sql.js';
import {
  BORROWER_SORT_COLUMNS,
  loanFilterParameters,
  loanFilters,
  orderBy,
} from '../search/loan-filter.sql.js';
import type { LoanListInput, LoanStatisticsInput } from './loan.input.js';
import type { LoanDetailView, LoanListItemView, LoanStatisticsView } from './loan.view.js';

// A skipped installment is not owed, so its interest does not count
const SELECT = `
  SELECT l.id, l.loan_id, l.loan_number::float8 AS loan_number, l.driver_id, l.lease_id, l.loan_amount, l.interest_rate,
         l.purpose, l.notes, l.loan_date, l.start_week, l.end_week, l.status, l.total_principal_paid,
         l.total_interest_paid, l.written_off, l.recovered, l.outstanding_balance, planned.total_interest,
         l.loan_amount + planned.total_interest AS total_payable, planned.next_due_date, due.amount_due, due.amount_overdue,
         l.interest_accrued_through, l.waived_interest, l.approved_by, l.approved_on,
         l.closed_on, l.closure_reason, l.created_by, l.created_on, l.updated_on,
         l.import_reference,
         ${NAMED_DRIVER} AS driver,
         json_build_object('id', le.id, 'lease_number', le.lease_number,
                           'medallion_number', m.medallion_number, 'vehicle_plate', v.plate) AS lease`;

/** A loan without its installments. */
export type LoanRecord = Omit<LoanDetailView, 'installments' | `${string}_installments`>;

const SCHEDULE_VERSION = `
  coalesce((SELECT max(version) FROM loan_schedule_versions v WHERE v.loan_id = l.loan_id), 0)`;

const FROM_LOANS = ' FROM driver_loans l';

const FROM = `${FROM_LOANS}
  JOIN drivers d ON d.id = l.driver_id`;

const DETAILS = `
  JOIN leases le ON le.id = l.lease_id
  JOIN medallions m ON m.id = le.medallion_id
  JOIN vehicles v ON v.id = le.vehicle_id
  CROSS JOIN LATERAL (
    SELECT ${sumOf('s.interest_amount')} AS total_interest,
           min(s.due_date) FILTER (WHERE s.status NOT IN ('PAID', 'SKIPPED')) AS next_due_date
    FROM loan_schedules s
    WHERE s.loan_id = l.loan_id AND (s.status <> 'SKIPPED' OR l.status = 'CANCELLED')) AS planned`;

/** The due and overdue amounts of each loan. */
const DUE_AMOUNTS = `
  CROSS JOIN LATERAL (
    SELECT ${DUE} AS amount_due, ${overdue('day.today')} AS amount_overdue
    FROM loan_schedules s WHERE s.loan_id = l.loan_id) AS due`;

/** Adds the column `day.today` to a FROM clause. */
const withToday = (today: string): string => ` CROSS JOIN (VALUES (${today}::date)) AS day (today)`;

const BY_IDS = prepared(`${SELECT}, ${SCHEDULE_VERSION} AS schedule_version
  ${FROM} ${withToday('$2')} ${DETAILS} ${DUE_AMOUNTS} WHERE l.loan_id = ANY($1)`);

const OPEN_OF_DRIVER = `
  ${SELECT} ${FROM} ${withToday('$2')} ${DETAILS} ${DUE_AMOUNTS}
  WHERE l.driver_id = $1 AND ${IS_OPEN} ORDER BY l.id`;

/** The loan ids are searched only for a text that can be part of one. */
const MATCHING_LOAN_IDS = `
  SELECT loan_id FROM driver_loans WHERE upper($6) ~ '^[-DL0-9]+$' AND strpos(loan_id, upper($6)) > 0
  UNION ALL
  SELECT loan_id FROM driver_loans WHERE driver_id IN (${idsOfMatchingDrivers('$6')})`;

const FILTERS = `
  WHERE ($1::integer IS NULL OR l.driver_id = $1)
    AND ($2::integer IS NULL OR l.lease_id = $2)
    AND ($3::text[] IS NULL OR l.status = ANY ($3))
    AND ($4::date IS NULL OR l.loan_date >= $4)
    AND ($5::date IS NULL OR l.loan_date <= $5)
    AND ($6::text IS NULL OR l.loan_id = ANY (ARRAY(${MATCHING_LOAN_IDS})))
    ${loanFilters('l.loan_amount', 7)}`;

const SORTS: Readonly<Record<LoanListInput['sort_by'], readonly string[]>> = {
  loan_date: ['l.loan_date'],
  loan_amount: ['l.loan_amount'],
  outstanding_balance: ['l.outstanding_balance'],
  start_week: ['l.start_week'],
  created_on: ['l.created_on'],
  ...BORROWER_SORT_COLUMNS,
};

/** The joins that locating a page needs. The driver of the lease is named too, for the index of loans by both. */
const SORT_JOINS: Readonly<Partial<Record<LoanListInput['sort_by'], string>>> = {
  driver_name: ' JOIN drivers d ON d.id = l.driver_id',
  medallion_number: `
  JOIN leases le ON le.id = l.lease_id AND le.driver_id = l.driver_id
  JOIN medallions m ON m.id = le.medallion_id`,
};

const STATISTICS = `
  SELECT count(*)::integer AS total_loans,
         count(*) FILTER (WHERE l.status = 'DRAFT')::integer AS draft_loans,
         count(*) FILTER (WHERE l.status = 'ACTIVE')::integer AS active_loans,
         count(*) FILTER (WHERE l.status = 'ON_HOLD')::integer AS on_hold_loans,
         count(*) FILTER (WHERE l.status = 'CLOSED')::integer AS closed_loans,
         count(*) FILTER (WHERE l.status = 'CANCELLED')::integer AS cancelled_loans,
         ${LENT} AS total_amount_disbursed, ${COLLECTED} AS total_amount_collected, ${OUTSTANDING} AS total_outstanding,
         ${WRITTEN_OFF} AS total_written_off, ${RECOVERED} AS total_recovered, ${INTEREST_COLLECTED} AS total_interest_collected,
         ${CANCELLED_AFTER_POSTING.loans} AS cancelled_after_posting_loans,
         ${CANCELLED_AFTER_POSTING.amount} AS total_cancelled_after_posting`;

@Injectable()
export class LoanQuery {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  list(query: LoanListInput, today: CalendarDate): Promise<Page<LoanListItemView>> {
    return selectPage<LoanListItemView>(this.dataSource, this.listSql(query, today), query);
  }

  /** The SQL of the list, without paging. */
  listSql(query: Unpaged<LoanListInput>, today: CalendarDate): PagedSql {
    return {
      select: SELECT,
      keySource: {
        from: FROM_LOANS + (SORT_JOINS[query.sort_by] ?? '') + withToday('$16') + FILTERS,
        key: 'l.id',
      },
      from: FROM + withToday('$16') + DETAILS + DUE_AMOUNTS + FILTERS,
      orderBy: orderBy([...SORTS[query.sort_by], 'l.id'], query.sort_order),
      parameters: [...filterParameters(query), today],
    };
  }

  /** The loans that exist, in any order. */
  async findAll(
    loanIds: readonly string[],
    today: CalendarDate,
    db: SqlRunner = this.dataSource,
  ): Promise<LoanRecord[]> {
    return await db.query<LoanRecord[]>(BY_IDS, [loanIds, today]);
  }

  /** The open loans of the driver, oldest first. */
  async listOpenOfDriver(driverId: number, today: CalendarDate, db: SqlRunner): Promise<LoanListItemView[]> {
    return await db.query<LoanListItemView[]>(OPEN_OF_DRIVER, [driverId, today]);
  }

  async exists(loanId: string): Promise<boolean> {
    const rows = await this.dataSource.query<unknown[]>('SELECT 1 FROM driver_loans WHERE loan_id = $1', [
      loanId,
    ]);
    return rows.length > 0;
  }

  async statistics(query: LoanStatisticsInput): Promise<LoanStatisticsView> {
    const rows = await this.dataSource.query<[LoanStatisticsView]>(
      STATISTICS + FROM_LOANS + FILTERS,
      filterParameters(query),
    );
    return rows[0];
  }
}

function filterParameters(query: LoanStatisticsInput): unknown[] {
  const { driver_id, lease_id, status, date_from, date_to, q } = query;
  return [driver_id, lease_id, status, date_from, date_to, q, ...loanFilterParameters(query)];
}
