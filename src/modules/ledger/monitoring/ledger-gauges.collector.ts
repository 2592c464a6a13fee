import { Injectable, OnModuleInit } from '@nestjs/common';
import { InjectMetric, makeGaugeProvider } from '@willsoto/nestjs-prometheus';
import type { Gauge } from 'prom-client';
import { GaugeCollector, GaugeCollectors } from '../../../platform/metrics/gauge-collectors.js';
import { OBLIGATION_CATEGORIES } from '../account/category.js';
import { LedgerGaugesQuery } from './ledger-gauges.query.js';

const OPEN_BALANCE = 'ledger_open_balance_dollars';
const SEALS_WAITING = 'ledger_seals_waiting';

/** The state of the ledger for dashboards only: no amount is ever computed from these numbers. */
@Injectable()
export class LedgerGaugeCollector implements GaugeCollector, OnModuleInit {
  readonly gauges: readonly Gauge[];

  constructor(
    @InjectMetric(OPEN_BALANCE) private readonly openBalance: Gauge,
    @InjectMetric(SEALS_WAITING) private readonly sealsWaiting: Gauge,
    private readonly collectors: GaugeCollectors,
    private readonly query: LedgerGaugesQuery,
  ) {
    this.gauges = [openBalance, sealsWaiting];
  }

  onModuleInit(): void {
    this.collectors.register(this);
  }

  async read(): Promise<void> {
    const open = new Map((await this.query.openByCategory()).map((row) => [row.category, row.dollars]));
    for (const category of OBLIGATION_CATEGORIES) this.openBalance.set({ category }, open.get(category) ?? 0);
    this.sealsWaiting.set(await this.query.sealsWaiting());
  }
}

export const LEDGER_GAUGE_PROVIDERS = [
  makeGaugeProvider({
    name: OPEN_BALANCE,
    help: 'Dollars of open balances by category, without disputed balances',
    labelNames: ['category'],
  }),
  makeGaugeProvider({
    name: SEALS_WAITING,
    help: 'Seals that are not yet linked into the chain; a job links them every minute',
  }),
];
