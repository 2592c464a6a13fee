import { Injectable, OnModuleInit } from '@nestjs/common';
import { InjectMetric, makeGaugeProvider } from '@willsoto/nestjs-prometheus';
import type { Gauge } from 'prom-client';
import { Clock } from '../../../kernel/clock/clock.js';
import { GaugeCollector, GaugeCollectors } from '../../../platform/metrics/gauge-collectors.js';
import { PostingScheduleService } from '../posting-runs/posting-schedule.service.js';
import { LoanGaugesQuery } from './loan-gauges.query.js';

const UNPOSTED_OVERDUE = 'loan_installments_unposted_overdue';
const FAILED = 'loan_installments_posting_failed';
const LAST_SUCCESS = 'loan_posting_last_success_timestamp_seconds';
const OVERDUE = 'loan_posting_overdue_seconds';

/** The state of the weekly posting, for alerts. */
@Injectable()
export class LoanGaugeCollector implements GaugeCollector, OnModuleInit {
  readonly gauges: readonly Gauge[];

  constructor(
    @InjectMetric(UNPOSTED_OVERDUE) private readonly unpostedOverdue: Gauge,
    @InjectMetric(FAILED) private readonly failed: Gauge,
    @InjectMetric(LAST_SUCCESS) private readonly lastSuccess: Gauge,
    @InjectMetric(OVERDUE) private readonly overdue: Gauge,
    private readonly collectors: GaugeCollectors,
    private readonly clock: Clock,
    private readonly schedule: PostingScheduleService,
    private readonly query: LoanGaugesQuery,
  ) {
    this.gauges = [unpostedOverdue, failed, lastSuccess, overdue];
  }

  onModuleInit(): void {
    this.collectors.register(this);
  }

  async read(): Promise<void> {
    const { week, since } = this.schedule.latest();
    const values = await this.query.get(week);
    this.unpostedOverdue.set(values.unposted_overdue);
    this.failed.set(values.failed_installments);
    if (values.last_success !== null) this.lastSuccess.set(values.last_success);
    const secondsLate = (this.clock.now().getTime() - since.getTime()) / 1_000;
    this.overdue.set(values.is_week_posted ? 0 : secondsLate);
  }
}

export const LOAN_GAUGE_PROVIDERS = [
  makeGaugeProvider({
    name: UNPOSTED_OVERDUE,
    help: 'Unposted installments of active loans that were due before the latest week whose posting time has come',
  }),
  makeGaugeProvider({
    name: FAILED,
    help: 'Installments that a posting run failed to post and that are still unposted',
  }),
  makeGaugeProvider({
    name: LAST_SUCCESS,
    help: 'When the last scheduled posting run completed, in seconds since 1970',
  }),
  makeGaugeProvider({
    name: OVERDUE,
    help: 'Seconds since the posting time of the latest week, if its run is not completed; otherwise 0',
  }),
];
