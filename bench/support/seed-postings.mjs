/** Seeds DEBIT postings like those of the service, but without hashes and seals, which no list reads. */
export async function seedPostings(client, postings, leases) {
  await client.query('ALTER TABLE ledger_postings DISABLE TRIGGER USER');
  await client.query('ALTER TABLE ledger_postings ALTER COLUMN row_hash DROP NOT NULL');
  await client.query(
    `INSERT INTO ledger_postings (posting_id, driver_id, lease_id, posting_type, category, amount, source_type,
       source_id, payment_period_start, payment_period_end, status, posted_at, description)
     SELECT public_id('LP', 2025, n, 6), 1 + n % $2, 1 + n % $2, 'DEBIT', 'LEASE', 100 + n % 900 + 0.25, 'BENCH_FEE',
            'FEE-' || n, week, week + 6, 'POSTED', timestamptz '2025-01-05 10:00Z' + n * interval '10 seconds',
            'Weekly fee, cab ' || n % 977
     FROM (SELECT n, date '2025-01-05' + 7 * (n % 40) AS week FROM generate_series(1, $1::integer) AS n) AS numbered`,
    [postings, leases],
  );
}
