import { Injectable } from '@nestjs/common';
import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import type { PaymentWeek } from '../../../kernel/calendar/payment-week.js';
import type { Money } from '../../../kernel/money/money.js';
import type { Tx } from '../../../platform/database/transactions.js';
import type { Category } from '../account/category.js';

/** An obligation to record. */
export interface NewObligation {
  readonly driverId: number;
  readonly leaseId: number;
  readonly category: Category;
  readonly amount: Money;
  readonly referenceType: string;
  readonly referenceId: string;
  readonly week: PaymentWeek;
  readonly dueDate: CalendarDate;
  readonly description: string | null;
}

/** The first three parameters of `recordCharges`: year of the public ids, time and user of the postings. */
export type RecordingParameters = readonly [year: number, postedAt: Date, postedBy: number | null];

/**
 * The only statement that records obligations, from one row to a million. It completes `WITH charge AS (…)` with a
 * DEBIT posting and an OPEN balance for each row of `charge`. `charge` has the columns driver_id, lease_id, category,
 * amount, reference_type, reference_id, period_start, period_end, due_date, description and balance_id. $1, $2 and $3
 * are RecordingParameters, the parameters of the caller begin at $4. A source that already has an active posting
 * violates uq_ledger_postings_standing_source: it is never skipped silently. Further CTEs may read `charge`.
 */
export function recordCharges(chargeCte: string, answer: string, ...furtherCtes: string[]): string {
  return `
    WITH charge AS (${chargeCte}),
    numbered AS (SELECT charge.*, next_number('ledger_postings_id_seq') AS number FROM charge),
    posting AS (
      INSERT INTO ledger_postings (id, posting_id, driver_id, lease_id, posting_type, category, amount, source_type,
        source_id, payment_period_start, payment_period_end, status, posted_at, posted_by, description)
      SELECT number, public_id('LP', $1::integer, number, 6), driver_id, lease_id, 'DEBIT', category, amount, reference_type,
        reference_id, period_start, period_end, 'POSTED', $2::timestamptz, $3::integer, description
      FROM numbered),
    balance AS (
      INSERT INTO ledger_balances (balance_id, posting_id, driver_id, lease_id, category, reference_type, reference_id,
        original_amount, outstanding_balance, payment_period_start, payment_period_end, due_date, status, description,
        created_on, updated_on)
      SELECT balance_id, number, driver_id, lease_id, category, reference_type, reference_id, amount, amount,
        period_start, period_end, due_date, 'OPEN', description, $2::timestamptz, $2::timestamptz
      FROM numbered)
    ${furtherCtes.map((cte) => `, ${cte}`).join('')}
    ${answer}`;
}

/** A new balance id, for the `balance_id` column of `charge`. $1 is the year. */
export const NEXT_BALANCE_ID = `public_id('LB', $1::integer, next_number('ledger_balance_number'), 6)`;

/** $4 are the obligations as JSON. They get their numbers in its order. */
const RECORD = recordCharges(
  `SELECT given.*, ${NEXT_BALANCE_ID} AS balance_id
   FROM (SELECT * FROM jsonb_to_recordset($4::jsonb)
           AS row (position integer, driver_id integer, lease_id integer, category text, amount numeric,
                   reference_type text, reference_id text, period_start date, period_end date, due_date date,
                   description text)
         ORDER BY position) AS given`,
  `SELECT balance_id, public_id('LP', $1::integer, number, 6) AS posting_id FROM numbered ORDER BY position`,
);

/** The public ids of a recorded obligation. */
export interface ObligationIds {
  readonly posting_id: string;
  readonly balance_id: string;
}

@Injectable()
export class ObligationRepository {
  /** Records the obligations and returns their ids, in the same order. */
  record(
    tx: Tx,
    recording: RecordingParameters,
    obligations: readonly NewObligation[],
  ): Promise<ObligationIds[]> {
    const rows = obligations.map((obligation, position) => ({
      position,
      driver_id: obligation.driverId,
      lease_id: obligation.leaseId,
      category: obligation.category,
      amount: obligation.amount.toString(),
      reference_type: obligation.referenceType,
      reference_id: obligation.referenceId,
      period_start: obligation.week.start,
      period_end: obligation.week.end,
      due_date: obligation.dueDate,
      description: obligation.description,
    }));
    return tx.query(RECORD, [...recording, JSON.stringify(rows)]);
  }
}
