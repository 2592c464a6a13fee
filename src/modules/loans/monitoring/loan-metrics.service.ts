import { Injectable } from '@nestjs/common';
import { InjectMetric, makeCounterProvider, makeHistogramProvider } from '@willsoto/nestjs-prometheus';
import type { Counter, Histogram } from 'prom-client';
import type { Money } from '../../../kernel/money/money.js';
import type { PostingTrigger } from '../posting-runs/posting-run-status.js';
import { RUN_TRIGGERS } from '../posting-runs/posting-run-status.js';

const LOANS_CREATED = 'loans_created_total';
const INSTALLMENTS_POSTED = 'installments_posted_total';
const LOAN_AMOUNT = 'loan_amount_dollars';
const RUN_DURATION = 'loan_posting_run_duration_seconds';
const RUN_FAILURES = 'loan_posting_run_failures_total';

/**
 * Counts what this process has committed: loans, installments (docs/domain.md, "Operation") and posting runs. The
 * numbers are for dashboards only: no amount is ever computed from them.
 */
@Injectable()
export class LoanMetricsService {
  constructor(
    @InjectMetric(LOANS_CREATED) private readonly created: Counter,
    @InjectMetric(INSTALLMENTS_POSTED) private readonly posted: Counter,
    @InjectMetric(LOAN_AMOUNT) private readonly amounts: Histogram,
    @InjectMetric(RUN_DURATION) private readonly runs: Histogram,
    @InjectMetric(RUN_FAILURES) private readonly runFailures: Counter,
  ) {
    // the counter must exist with 0 before the first failure, or an increase alert would miss that failure
    for (const trigger of RUN_TRIGGERS) this.runFailures.inc({ trigger }, 0);
  }

  loanCreated(amount: Money): void {
    this.created.inc();
    this.amounts.observe(amount.toBig().toNumber());
  }

  installmentsPosted(count: number): void {
    this.posted.inc(count);
  }

  /** Returns a function to call when the run has completed. */
  timeRun(trigger: PostingTrigger): () => void {
    return this.runs.startTimer({ trigger });
  }

  runFailed(trigger: PostingTrigger): void {
    this.runFailures.inc({ trigger });
  }
}

export const LOAN_METRIC_PROVIDERS = [
  makeCounterProvider({ name: LOANS_CREATED, help: 'Loans created by this process' }),
  makeCounterProvider({
    name: INSTALLMENTS_POSTED,
    help: 'Installments posted to the ledger by this process',
  }),
  makeHistogramProvider({
    name: LOAN_AMOUNT,
    help: 'Loan amounts in dollars',
    // the limits of the repayment matrix, and larger amounts
    buckets: [200, 500, 1_000, 3_000, 5_000, 10_000, 25_000, 50_000],
  }),
  makeHistogramProvider({
    name: RUN_DURATION,
    help: 'Seconds that this process took to execute a posting run, by trigger',
    labelNames: ['trigger'],
    buckets: [0.1, 0.5, 1, 5, 15, 30, 60, 120, 300, 600, 1_800],
  }),
  makeCounterProvider({
    name: RUN_FAILURES,
    help: 'Posting runs of this process that failed',
    labelNames: ['trigger'],
  }),
];
