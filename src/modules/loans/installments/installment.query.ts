import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import type { PagedSql, Unpaged } from '../../../platform/database/page.js';
import { Page, selectPage, SqlRunner } from '../../../platform/database/page.js';
import { prepared } from '../../../platform/database/prepared.js';
import { DRIVER_NAME } from '../../drivers/index.js';

import { IS_AWAITING_POSTING, IS_OPEN, IS_TO_POST, sumOf } from '../loan/figures.sql.js';
import {
  BORROWER_SORT_COLUMNS,
  loanFilterParameters,
  loanFilters,
  orderBy,
} from '../search/loan-filter.sql.js';
import type { InstallmentListInput, UnpostedListInput } from './installment.input.js';
import type {
  InstallmentListItemView,
  InstallmentView,
  UnpostedInstallmentsView,
} from './installment.view.js';

/** A SCHEDULED installment is DUE when its week has begun. $1 is today in every query of this file. */
const STATUS = `CASE WHEN s.status = 'SCHEDULED' AND s.week_start <= $1::date THEN 'DUE' ELSE s.status END`;

const INSTALLMENT = `
  SELECT s.id::float8 AS id, s.installment_id, s.loan_id, s.installment_number, s.due_date, s.week_start, s.week_end,
         s.principal_amount, s.interest_amount, s.total_due, s.principal_paid, s.interest_paid, s.principal_written_off,
         s.interest_written_off, s.outstanding_balance,
         ${STATUS} AS status, s.ledger_balance_id, s.posted_to_ledger, s.posted_on, s.posted_by,
         json_build_object('principal', s.interest_principal::text, 'annual_rate', s.interest_rate::text,
                           'from', s.interest_from, 'to', s.interest_to,
                           'days', s.interest_to - s.interest_from) AS interest_basis, s.interest_carried`;

const OF_LOANS = prepared(`
  ${INSTALLMENT} FROM loan_schedules s WHERE s.loan_id = ANY($2) ORDER BY s.loan_id, s.installment_number`);

const LIST_ITEM = `${INSTALLMENT},
         l.status AS loan_status, l.driver_id, d.tlc_license_number, ${DRIVER_NAME} AS driver_name,
         l.lease_id, le.lease_number, le.medallion_id, m.medallion_number, le.vehicle_id, v.plate AS vehicle_plate`;

const FROM = `
  FROM loan_schedules s
  JOIN driver_loans l ON l.loan_id = s.loan_id
  JOIN leases le ON le.id = l.lease_id AND le.driver_id = l.driver_id`;

const DETAILS = `
  JOIN drivers d ON d.id = l.driver_id
  JOIN medallions m ON m.id = le.medallion_id
  JOIN vehicles v ON v.id = le.vehicle_id`;

const FILTERS = `
  WHERE ($2::text IS NULL OR s.loan_id = $2)
    AND ($3::integer IS NULL OR l.driver_id = $3)
    AND ($4::integer IS NULL OR l.lease_id = $4)
    AND ($5::integer IS NULL OR le.medallion_id = $5)
    AND ($6::integer IS NULL OR le.vehicle_id = $6)
    AND ($7::date IS NULL OR s.due_date >= $7)
    AND ($8::date IS NULL OR s.week_start <= $8)
    AND ($9::text[] IS NULL OR ${STATUS} = ANY ($9))
    ${loanFilters('s.total_due', 10)}`;

/**
 * Unposted installments of open loans: a draft is not lent yet, and nothing is due on a cancelled loan. None is due before the
 * first week of the oldest open loan. That skips the posted installments of older loans, which no index distinguishes.
 */
const UNPOSTED = `
    AND ${IS_AWAITING_POSTING}
    AND s.due_date >= (SELECT min(l.start_week) FROM driver_loans l WHERE ${IS_OPEN})`;

/** The sums of the rows that match the condition, or of all rows, as JSON for the response. */
const unpostedSums = (condition = 'true'): string => `json_build_object(
    'installments', count(*) FILTER (WHERE ${condition}),
    'principal_amount', ${sumOf('s.principal_amount', condition)}::text,
    'interest_amount', ${sumOf('s.interest_amount', condition)}::text,
    'total_due', ${sumOf('s.total_due', condition)}::text)`;

const UNPOSTED_TOTALS = `
  SELECT ${unpostedSums()} AS totals, ${unpostedSums(IS_TO_POST)} AS to_post ${FROM + FILTERS + UNPOSTED}`;

const SORTS: Readonly<Record<InstallmentListInput['sort_by'], readonly string[]>> = {
  due_date: ['s.due_date'],
  total_due: ['s.total_due'],
  installment_id: ['s.loan_id'],
  ...BORROWER_SORT_COLUMNS,
};

/** The joins that locating a page needs. */
const SORT_JOINS: Readonly<Partial<Record<InstallmentListInput['sort_by'], string>>> = {
  driver_name: ' JOIN drivers d ON d.id = l.driver_id',
  medallion_number: ' JOIN medallions m ON m.id = le.medallion_id',
};

@Injectable()
export class InstallmentQuery {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  list(query: InstallmentListInput, today: CalendarDate): Promise<Page<InstallmentListItemView>> {
    return selectPage<InstallmentListItemView>(this.dataSource, this.listSql(query, today), query);
  }

  /** The SQL of the list, without paging. */
  listSql(query: Unpaged<InstallmentListInput>, today: CalendarDate): PagedSql {
    const filters = `${FILTERS}
    AND ($19::boolean IS NULL OR s.posted_to_ledger = $19)
    AND ($20::text IS NULL OR s.installment_id = $20)`;
    return listSql(query, filters, [...filterParameters(query, today), query.posted, query.installment_id]);
  }

  async listUnposted(query: UnpostedListInput, today: CalendarDate): Promise<UnpostedInstallmentsView> {
    const parameters = filterParameters(query, today);
    const sql = listSql(query, FILTERS + UNPOSTED, parameters);
    const [totals] = await this.dataSource.query<[Pick<UnpostedInstallmentsView, 'totals' | 'to_post'>]>(
      UNPOSTED_TOTALS,
      parameters,
    );
    return { ...(await selectPage<InstallmentListItemView>(this.dataSource, sql, query)), ...totals };
  }

  /** The installments of the loans, ordered by loan and number. */
  async listOfLoans(
    loanIds: readonly string[],
    today: CalendarDate,
    db: SqlRunner = this.dataSource,
  ): Promise<InstallmentView[]> {
    return await db.query<InstallmentView[]>(OF_LOANS, [today, loanIds]);
  }
}

function listSql(
  query: Unpaged<UnpostedListInput>,
  filters: string,
  parameters: readonly unknown[],
): PagedSql {
  return {
    select: LIST_ITEM,
    keySource: { from: FROM + (SORT_JOINS[query.sort_by] ?? '') + filters, key: 's.id' },
    from: FROM + DETAILS + filters,
    orderBy: orderBy([...SORTS[query.sort_by], 's.id'], query.sort_order),
    parameters,
  };
}

function filterParameters(query: Unpaged<UnpostedListInput>, today: CalendarDate): unknown[] {
  return [
    today,
    query.loan_id,
    query.driver_id,
    query.lease_id,
    query.medallion_id,
    query.vehicle_id,
    query.period_start,
    query.period_end,
    query.status,
    ...loanFilterParameters(query),
  ];
}
