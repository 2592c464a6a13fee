import { Injectable } from '@nestjs/common';
import { InjectMetric, makeCounterProvider, makeHistogramProvider } from '@willsoto/nestjs-prometheus';
import type { Counter, Histogram } from 'prom-client';
import type { Money } from '../../kernel/money/money.js';

const LOANS_CREATED = 'loans_created_total';
const INSTALLMENTS_POSTED = 'installments_posted_total';
const LOAN_AMOUNT = 'loan_amount_dollars';

/** The metrics of the guide's step 14. Numbers for dashboards: nothing is ever computed from them. */
@Injectable()
export class LoanMetrics {
  constructor(
    @InjectMetric(LOANS_CREATED) private readonly created: Counter,
    @InjectMetric(INSTALLMENTS_POSTED) private readonly posted: Counter,
    @InjectMetric(LOAN_AMOUNT) private readonly amounts: Histogram,
  ) {}

  loanCreated(amount: Money): void {
    this.created.inc();
    this.amounts.observe(amount.toBig().toNumber());
  }

  installmentsPosted(count: number): void {
    this.posted.inc(count);
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
    // the edges of the repayment matrix, and beyond
    buckets: [200, 500, 1_000, 3_000, 5_000, 10_000, 25_000, 50_000],
  }),
];
