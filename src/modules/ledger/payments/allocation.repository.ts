import { Injectable } from '@nestjs/common';
import { Money } from '../../../kernel/money/money.js';
import type { Tx } from '../../../platform/database/transactions.js';
import { prepared } from '../../../platform/database/prepared.js';
import type { BalanceChange } from '../account/balance-observer.registry.js';
import { PAYMENT_ORDER } from '../account/category.js';
import type { Allocation } from './payment-allocation.js';
import { orderOfPayment } from '../payment-order/payment-order.sql.js';
import type { LockedBalance } from './payment.repository.js';
import type { PaymentAllocationView } from './payment.view.js';

/** The first two parameters of `recordAllocations`: year of the public ids and time of the allocations. */
type AllocationParameters = readonly [year: number, allocatedAt: Date];

/** An allocation of a credit, and the change of its balance for the observers. */
export interface CreditAllocation {
  readonly allocation: PaymentAllocationView;
  readonly change: BalanceChange;
}

/**
 * The only statement that allocates money to balances, from one allocation to many thousands. It completes
 * `WITH …, part AS (…)`: it records each part and lowers each balance by all of its parts. `part` has the columns
 * posting_id, balance_id, amount, type, ordinality and allocation_id. $1 and $2 are AllocationParameters.
 */
export const recordAllocations = (parts: string, answer: string): string => `
  WITH ${parts},
  allocated AS (
    INSERT INTO payment_allocations (allocation_id, payment_posting_id, balance_id, amount_allocated, allocation_type,
      allocated_at)
    SELECT allocation_id, posting_id, balance_id, amount, type, $2::timestamptz FROM part ORDER BY ordinality),
  lowered AS (
    UPDATE ledger_balances b
    SET payment_applied = b.payment_applied + paid.amount,
        outstanding_balance = b.outstanding_balance - paid.amount,
        status = CASE WHEN b.outstanding_balance = paid.amount THEN 'CLOSED' ELSE 'OPEN' END,
        updated_on = $2::timestamptz
    FROM (SELECT balance_id, sum(amount) AS amount FROM part GROUP BY balance_id) AS paid
    WHERE b.balance_id = paid.balance_id)
  ${answer}`;

export const NEXT_ALLOCATION_ID = `public_id('PA', $1::integer, next_number('payment_allocation_number'), 6) AS allocation_id`;

const RECORD = prepared(
  recordAllocations(
    `part AS (
    SELECT posting_id, balance_id, amount, type, ordinality, ${NEXT_ALLOCATION_ID}
    FROM (SELECT * FROM jsonb_to_recordset($3::jsonb)
            AS given (ordinality integer, posting_id text, balance_id text, amount numeric, type text)
          ORDER BY ordinality) AS ordered)`,
    'SELECT allocation_id FROM part ORDER BY ordinality',
  ),
);

const PAYABLE = `b.status = 'OPEN' AND b.category = ANY ($2::text[])`;

const DRIVERS_WITH_CREDIT_AND_OPEN_BALANCE = `
  SELECT DISTINCT c.driver_id AS id
  FROM ledger_credits c
  WHERE c.left_over > 0 AND ($1::integer[] IS NULL OR c.driver_id = ANY ($1))
    AND EXISTS (SELECT 1 FROM ledger_balances b WHERE b.driver_id = c.driver_id AND ${PAYABLE})`;

/**
 * The credits of a driver form intervals on a running sum, and so do the driver's open balances in the order of the
 * hierarchy. Each overlap of two intervals is an allocation.
 */
const APPLY_CREDITS = recordAllocations(
  `credit AS (
    SELECT c.driver_id, c.posting_id AS number, p.posting_id, c.left_over,
           sum(c.left_over) OVER (PARTITION BY c.driver_id ORDER BY c.posting_id) AS through
    FROM ledger_credits c JOIN ledger_postings p ON p.id = c.posting_id
    WHERE c.left_over > 0 AND c.driver_id = ANY ($3::integer[])),
  balance AS (
    SELECT b.*, sum(b.outstanding_balance) OVER (PARTITION BY b.driver_id
             ORDER BY ${orderOfPayment('b')}) AS through
    FROM ledger_balances b
    WHERE b.status = 'OPEN' AND b.category = ANY ($4::text[]) AND b.driver_id = ANY ($3::integer[])),
  overlap AS (
    SELECT driver_id, credit.number, credit.posting_id, balance.balance_id, balance.category, balance.reference_type,
           balance.reference_id, balance.due_date, balance.through, least(credit.through, balance.through) AS upto,
           greatest(credit.through - left_over, balance.through - outstanding_balance) AS after,
           balance.payment_applied + outstanding_balance AS owed
    FROM credit JOIN balance USING (driver_id)
    WHERE credit.through - left_over < balance.through AND balance.through - outstanding_balance < credit.through),
  part AS (
    SELECT *, upto - after AS amount, through - upto AS outstanding_after, 'HIERARCHY' AS type, ${NEXT_ALLOCATION_ID}
    FROM (SELECT *, row_number() OVER (ORDER BY driver_id, through, number) AS ordinality FROM overlap
          ORDER BY ordinality) AS ordered)`,
  `SELECT allocation_id, posting_id AS payment_posting_id, balance_id, category, reference_type, reference_id, due_date,
          amount AS amount_allocated, outstanding_after, type AS allocation_type,
          owed - outstanding_after AS payment_applied
   FROM part ORDER BY ordinality`,
);

@Injectable()
export class AllocationRepository {
  /**
   * Records what each CREDIT pays and lowers the balances. Returns the allocation ids in the order of the allocations.
   */
  async record(
    tx: Tx,
    recording: AllocationParameters,
    allocations: readonly Allocation<LockedBalance>[],
  ): Promise<string[]> {
    const parts = allocations.map(({ paymentPostingId, balance, amount, type }, ordinality) => ({
      ordinality,
      posting_id: paymentPostingId,
      balance_id: balance.balanceId,
      amount,
      type,
    }));
    const parameters = [...recording, JSON.stringify(parts)];
    const rows = await tx.query<{ allocation_id: string }[]>(RECORD, parameters);
    return rows.map((row) => row.allocation_id);
  }

  /** The drivers, of these or of all, who have unused credit and an open balance that it can pay. */
  async findDriversWithCreditAndOpenBalance(tx: Tx, driverIds: readonly number[] | null): Promise<number[]> {
    const rows = await tx.query<{ id: number }[]>(DRIVERS_WITH_CREDIT_AND_OPEN_BALANCE, [
      driverIds,
      PAYMENT_ORDER,
    ]);
    return rows.map(({ id }) => id);
  }

  /** Pays the drivers' open balances with their credits, by hierarchy. Lock the drivers first. Ordered by driver. */
  async applyCredits(
    tx: Tx,
    recording: AllocationParameters,
    driverIds: readonly number[],
  ): Promise<CreditAllocation[]> {
    const rows = await tx.query<
      (PaymentAllocationView & { reference_type: string; payment_applied: string })[]
    >(APPLY_CREDITS, [...recording, driverIds, PAYMENT_ORDER]);
    return rows.map(({ reference_type, payment_applied, ...allocation }) => ({
      allocation,
      change: {
        referenceType: reference_type,
        referenceId: allocation.reference_id,
        paymentApplied: Money.of(payment_applied),
      },
    }));
  }
}
