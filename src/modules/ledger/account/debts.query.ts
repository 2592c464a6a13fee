import { Injectable } from '@nestjs/common';
import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import { codesOf } from '../../../kernel/codes/labels.js';
import type { SqlRunner } from '../../../platform/database/page.js';
import { CATEGORY_LABELS } from './category.js';
import type { CategoryDebtsView, DebtSumsView, LeaseDebtsView } from './debts.view.js';

const sumOf = (condition: string): string =>
  `coalesce(sum(b.outstanding_balance) FILTER (WHERE ${condition}), 0)::numeric(20,2)`;

/** The balances that the driver $1 owes. */
const OWED = `b.driver_id = $1 AND b.status IN ('OPEN', 'DISPUTED')`;

/** Their sums. $2 is today in the fleet's time zone. */
const SUMS = `
  ${sumOf('true')} AS outstanding_balance, ${sumOf(`b.status = 'OPEN'`)} AS open,
  ${sumOf(`b.status = 'DISPUTED'`)} AS disputed, ${sumOf('b.due_date < $2::date')} AS overdue`;

/** Adds up what a driver owes now under all leases (docs/figures.md, "Owed by a driver"). */
@Injectable()
export class DebtsQuery {
  async total(driverId: number, today: CalendarDate, db: SqlRunner): Promise<DebtSumsView> {
    const rows = await db.query<[DebtSumsView]>(`SELECT ${SUMS} FROM ledger_balances b WHERE ${OWED}`, [
      driverId,
      today,
    ]);
    return rows[0];
  }

  /** In the order of payment. */
  byCategory(driverId: number, today: CalendarDate, db: SqlRunner): Promise<CategoryDebtsView[]> {
    return db.query(
      `SELECT b.category, ${SUMS} FROM ledger_balances b WHERE ${OWED}
       GROUP BY b.category ORDER BY array_position($3::text[], b.category)`,
      [driverId, today, codesOf(CATEGORY_LABELS)],
    );
  }

  byLease(driverId: number, today: CalendarDate, db: SqlRunner): Promise<LeaseDebtsView[]> {
    return db.query(
      `SELECT le.id AS lease_id, le.lease_number, m.medallion_number, v.plate AS vehicle_plate, owed.outstanding_balance,
              owed.open, owed.disputed, owed.overdue
       FROM (SELECT b.lease_id, ${SUMS} FROM ledger_balances b WHERE ${OWED} GROUP BY b.lease_id) AS owed
       JOIN leases le ON le.id = owed.lease_id
       JOIN medallions m ON m.id = le.medallion_id
       JOIN vehicles v ON v.id = le.vehicle_id`,
      [driverId, today],
    );
  }
}
