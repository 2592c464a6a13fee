/**
 * Measures how long the weekly posting takes through the service, compared with the best hand-written statement for
 * the same tables, indexes, keys and triggers. Both run alternately on copies of one seeded database. Compare the
 * ratios, not the absolute times. Usage: npm run bench [-- SIZE …]. Default: 10000 and 100000 due installments.
 */
import 'reflect-metadata';
import pg from 'pg';
import { openBenchServer, warm } from './support/database.mjs';
import { postByService } from './support/post-by-service.mjs';
import { seedDue } from './support/seed-due.mjs';

const ROUNDS = 5;
const sizes = process.argv.slice(2).map(Number);
if (sizes.length === 0) sizes.push(10_000, 100_000);

/** Everything in one statement and one transaction: no run record, posting lock, batches or report. */
const BY_HAND = `
  WITH u AS (
    UPDATE loan_schedules s
    SET status = 'POSTED', posted_to_ledger = true, posted_on = $1::timestamptz, updated_on = $1::timestamptz,
        ledger_balance_id = 'LB-2025-' || to_char(nextval('ledger_balance_number'), 'FM999999999000000')
    FROM driver_loans l
    WHERE l.loan_id = s.loan_id AND l.status = 'ACTIVE' AND s.status = 'SCHEDULED' AND NOT s.posted_to_ledger
      AND s.due_date BETWEEN '2025-11-02' AND '2025-11-08'
    RETURNING l.driver_id, l.lease_id, s.total_due, s.installment_id, s.week_start, s.week_end, s.due_date,
      s.ledger_balance_id, s.loan_id, s.installment_number, s.interest_to),
  a AS (
    UPDATE driver_loans l SET interest_accrued_through = u.interest_to
    FROM u WHERE l.loan_id = u.loan_id AND l.interest_accrued_through < u.interest_to),
  n AS (SELECT u.*, nextval('ledger_postings_id_seq') AS number FROM u),
  p AS (
    INSERT INTO ledger_postings (id, posting_id, driver_id, lease_id, posting_type, category, amount, source_type,
      source_id, payment_period_start, payment_period_end, status, posted_at, description)
    SELECT number, 'LP-2025-' || to_char(number, 'FM999999999000000'), driver_id, lease_id, 'DEBIT', 'LOANS', total_due,
      'LOAN_INSTALLMENT', installment_id, week_start, week_end, 'POSTED', $1::timestamptz,
      'Loan ' || loan_id || ', installment ' || installment_number
    FROM n)
  INSERT INTO ledger_balances (balance_id, posting_id, driver_id, lease_id, category, reference_type, reference_id,
    original_amount, outstanding_balance, payment_period_start, payment_period_end, due_date, status, description,
    created_on, updated_on)
  SELECT ledger_balance_id, number, driver_id, lease_id, 'LOANS', 'LOAN_INSTALLMENT', installment_id, total_due,
    total_due, week_start, week_end, due_date, 'OPEN', 'Loan ' || loan_id || ', installment ' || installment_number,
    $1::timestamptz, $1::timestamptz
  FROM n`;

async function byHand(url) {
  const client = new pg.Client(url);
  await client.connect();
  try {
    await warm(client);
    const begun = performance.now();
    const { rowCount } = await client.query(BY_HAND, [new Date('2025-11-02T10:00:00Z')]);
    return { ms: performance.now() - begun, posted: rowCount };
  } finally {
    await client.end();
  }
}

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

const server = await openBenchServer();
const perRow = new Map();
try {
  console.log('due       service        by hand        service/by hand');
  for (const size of sizes) {
    const name = `due_${size}`;
    await server.template(name, (client) => seedDue(client, size));
    const service = [];
    const hand = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const [times, run] of [
        [service, postByService],
        [hand, byHand],
      ]) {
        const { ms, posted } = await server.onCopy(name, run);
        if (posted !== size) throw new Error(`posted ${posted} of ${size}`);
        times.push(ms);
      }
    }
    const [mine, best] = [median(service), median(hand)];
    perRow.set(size, (1000 * mine) / size);
    const cell = (ms) => `${Math.round(ms)} ms ${((1000 * ms) / size).toFixed(1)} us`.padEnd(15);
    console.log(`${String(size).padEnd(10)}${cell(mine)}${cell(best)}${(mine / best).toFixed(2)}`);
  }
  const [first, last] = [sizes[0], sizes.at(-1)];
  console.log(`cost per row at ${last} / at ${first}: ${(perRow.get(last) / perRow.get(first)).toFixed(2)}`);
} finally {
  await server.close();
}
