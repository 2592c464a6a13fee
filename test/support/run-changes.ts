import { HASH_CHANGED } from './verified-ledger.js';
import { SEALED } from './sealed-table-changes.js';

/** Title, table, statement and an expected difference, for the runs of run-tampering.int-spec.ts. */
export const RUN_CHANGES: readonly (readonly [
  what: string,
  table: string,
  sql: string,
  difference: string,
])[] = [
  ...(
    [
      ['a larger count', 'installments_posted', 'installments_posted + 1'],
      ['a smaller amount', 'total_amount_posted', 'total_amount_posted - 0.01'],
      ['a smaller number of installments due', 'installments_due', '1'],
      ['credits that were not applied', 'credits_applied', '50'],
      ['other postings', 'posting_ids', `'{}'`],
      ['another user', 'started_by', ':manager'],
      ['another start', 'started_at', `started_at + interval '1 hour'`],
      ['another end', 'finished_at', `finished_at + interval '1 hour'`],
      ['another period', 'period_end', 'period_end + 7'],
      ['another loan', 'loan_id', `':loan'`],
    ] as const
  ).map(
    ([what, column, value]) =>
      [
        `a posting run with ${what}`,
        'posting_runs',
        `UPDATE posting_runs SET ${column} = ${value} WHERE id = 1`,
        `POSTING_RUN 1 ${SEALED}: ${column}`,
      ] as const,
  ),
  [
    'a posting run that is marked as a dry run',
    'posting_runs',
    'UPDATE posting_runs SET dry_run = true WHERE id = 1',
    `POSTING_RUN 1 ${SEALED}: dry_run`,
  ],
  [
    'a failed posting run',
    'posting_runs',
    `UPDATE posting_runs SET status = 'FAILED', failure = 'x' WHERE id = 1`,
    `POSTING_RUN 1 ${SEALED}: status, failure`,
  ],
  [
    'a deleted posting run',
    'posting_runs',
    'DELETE FROM posting_runs WHERE id = 1',
    'POSTING_RUN 1 is missing, but its sealed state exists',
  ],
  [
    'another error of a posting run',
    'posting_run_errors',
    `UPDATE posting_run_errors SET message = 'Another'`,
    `POSTING_RUN_ERROR 1 ${HASH_CHANGED}`,
  ],
  [
    'a deleted error of a posting run',
    'posting_run_errors',
    'DELETE FROM posting_run_errors',
    'POSTING_RUN_ERROR 1 is missing, but a seal covers it',
  ],
  [
    'a settlement run with another net',
    'settlement_runs',
    'UPDATE settlement_runs SET total_net = total_net + 5, total_earnings = total_earnings + 5',
    `SETTLEMENT_RUN 1 ${SEALED}: total_net, total_earnings`,
  ],
  [
    'a settlement run of another user',
    'settlement_runs',
    'UPDATE settlement_runs SET started_by = :manager',
    `SETTLEMENT_RUN 1 ${SEALED}: started_by`,
  ],
  [
    'a settlement run with another content',
    'settlement_runs',
    `UPDATE settlement_runs SET content_hash = ''`,
    `SETTLEMENT_RUN 1 ${SEALED}: content_hash`,
  ],
  [
    'a settlement run that is open again',
    'settlement_runs',
    `UPDATE settlement_runs SET status = 'RUNNING', completed_at = NULL`,
    `SETTLEMENT_RUN 1 ${SEALED}: status, completed_at`,
  ],
  [
    'higher earnings that were paid out',
    'settlement_lines',
    'UPDATE settlement_lines SET amount = amount + 5, net = net + 5 WHERE line_number = 2',
    `SETTLEMENT_LINE 2 ${HASH_CHANGED}`,
  ],
  [
    'earnings of another driver',
    'settlement_lines',
    'UPDATE settlement_lines SET driver_id = (SELECT max(id) FROM drivers) WHERE line_number = 1',
    'SETTLEMENT_LINE 1 differs from its posting',
  ],
  [
    'earnings with another reference',
    'settlement_lines',
    `UPDATE settlement_lines SET source_id = 'X' WHERE line_number = 2`,
    `SETTLEMENT_LINE 2 ${HASH_CHANGED}`,
  ],
  [
    'settled earnings that are marked as rejected',
    'settlement_lines',
    `UPDATE settlement_lines SET status = 'REJECTED', net = 0, error_code = 'X', error_message = 'X' WHERE line_number = 2`,
    `SETTLEMENT_LINE 2 ${HASH_CHANGED}`,
  ],
  [
    'settled earnings that are pending again',
    'settlement_lines',
    `UPDATE settlement_lines SET status = 'PENDING', net = 0 WHERE line_number = 2`,
    'SETTLEMENT_LINE 2 its status does not match its run',
  ],
  [
    'settled earnings that were never hashed',
    'settlement_lines',
    `UPDATE settlement_lines SET status = 'PENDING', net = 0, row_hash = NULL WHERE line_number = 2`,
    'SETTLEMENT_LINE 2 is missing, but a seal covers it',
  ],
  [
    'another reason of a rejection',
    'settlement_lines',
    `UPDATE settlement_lines SET error_message = 'Another' WHERE line_number = 3`,
    `SETTLEMENT_LINE 3 ${HASH_CHANGED}`,
  ],
  [
    'a deleted line',
    'settlement_lines',
    'DELETE FROM settlement_lines WHERE line_number = 2',
    'SETTLEMENT_LINE 2 is missing, but a seal covers it',
  ],
  [
    'a settled reference with another text',
    'settled_earnings',
    `UPDATE settled_earnings SET source_id = 'X' WHERE source_id = 'EARN-1'`,
    'SETTLED_EARNINGS 2 no posting and no line settles them',
  ],
  [
    'an event with another amount',
    'outbox',
    `UPDATE outbox SET payload = payload || '{"amount": "1.00"}' WHERE id = 1`,
    `EVENT 1 ${HASH_CHANGED}`,
  ],
  [
    'a deleted event',
    'outbox',
    'DELETE FROM outbox WHERE id = 1',
    'EVENT 1 is missing, but a seal covers it',
  ],
  [
    'another stored answer',
    'idempotency_keys',
    `UPDATE idempotency_keys SET answer = '{"id": 2}'`,
    `STORED_ANSWER 1 ${SEALED}: answer`,
  ],
  [
    'a stored answer of another request',
    'idempotency_keys',
    `UPDATE idempotency_keys SET request_hash = 'x'`,
    `STORED_ANSWER 1 ${SEALED}: request_hash`,
  ],
  [
    'a deleted stored answer',
    'idempotency_keys',
    'DELETE FROM idempotency_keys',
    'STORED_ANSWER 1 is missing, but its sealed state exists',
  ],
];

/** Statements that the role of the service may run, because the service does, and all the differences that they cause. */
export const RUN_FORGERIES: readonly (readonly [
  what: string,
  sql: string,
  differences: readonly string[],
])[] = [
  [
    'a posting run that never was',
    `INSERT INTO posting_runs (id, trigger, period_end, dry_run, status, installments_posted, total_amount_posted,
         started_by, started_at, finished_at)
       VALUES (99, 'API', '2025-11-08', false, 'COMPLETED', 7, 700, :manager, now(), now())`,
    [
      'POSTING_RUN 99 its count and amount differ from those of its postings',
      'POSTING_RUN 99 does not match its entry in the audit log',
    ],
  ],
  [
    'a posting run that takes the postings of another one',
    `INSERT INTO posting_runs (id, trigger, period_end, dry_run, status, started_at, finished_at, posting_ids,
         installments_posted, total_amount_posted)
       SELECT 99, 'API', period_end, true, 'COMPLETED', now(), now(), posting_ids, installments_posted, total_amount_posted
       FROM posting_runs WHERE id = 1`,
    ['POSTING_RUN 99 names postings that another run has made'],
  ],
  [
    'an event without a change',
    `INSERT INTO outbox (id, occurred_at, type, version, aggregate_type, aggregate_id, payload)
       VALUES (99, now(), 'loan.approve', 1, 'loan', ':loan', '{}')`,
    ['EVENT 99 does not match an entry in the audit log'],
  ],
  [
    'a payment of a settlement run that is marked as voided',
    `UPDATE settlement_lines SET status = 'VOIDED' WHERE line_number = 1`,
    ['SETTLEMENT_LINE 1 differs from its posting'],
  ],
  [
    'earnings without a payment that are marked as voided',
    `UPDATE settlement_lines SET status = 'VOIDED' WHERE line_number = 2`,
    [
      'SETTLEMENT_LINE 2 its status does not match its run',
      'SETTLED_EARNINGS 2 no posting and no line settles them',
    ],
  ],
  [
    'earnings without a payment that can be settled again',
    `DELETE FROM settled_earnings WHERE source_id = 'EARN-1'`,
    ['SETTLEMENT_LINE 2 its earnings are not among those that are settled'],
  ],
  [
    'a reference that can no longer be settled',
    `INSERT INTO settled_earnings (id, source_id) VALUES (99, 'NEVER')`,
    ['SETTLED_EARNINGS 99 no posting and no line settles them'],
  ],
];
