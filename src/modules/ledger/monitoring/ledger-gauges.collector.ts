import { Injectable, OnModuleInit } from '@nestjs/common';
import { InjectMetric, makeGaugeProvider } from '@willsoto/nestjs-prometheus';
import type { Gauge } from 'prom-client';
import { GaugeCollector, GaugeCollectors } from '../../../platform/metrics/gauge-collectors.js';
import { DEBT_CATEGORIES } from '../account/category.js';
import { LedgerGaugesQuery } from './ledger-gauges.query.js';

const OPEN_BALANCE = 'ledger_open_balance_dollars';
const SEALS_WAITING = 'ledger_seals_waiting';

/** How the ledger stands: numbers for dashboards, nothing is ever computed from them. */
@Injectable()
export class LedgerGaugeCollector implements GaugeCollector, OnModuleInit {
  readonly gauges: readonly Gauge[];

  constructor(
    @InjectMetric(OPEN_BALANCE) private readonly openBalance: Gauge,
    @InjectMetric(SEALS_WAITING) private readonly sealsWaiting: Gauge,
    private readonly readings: GaugeCollectors,
    private readonly query: LedgerGaugesQuery,
  ) {
    this.gauges = [openBalance, sealsWaiting];
  }

  onModuleInit(): void {
    this.readings.register(this);
  }

  async read(): Promise<void> {
    const open = new Map((await this.query.openByCategory()).map((row) => [row.category, row.dollars]));
    for (const category of DEBT_CATEGORIES) this.openBalance.set({ category }, open.get(category) ?? 0);
    this.sealsWaiting.set(await this.query.sealsWaiting());
  }
}

export const LEDGER_GAUGE_PROVIDERS = [
  makeGaugeProvider({
    name: OPEN_BALANCE,
    help: 'Dollars of open balances by category; disputed ones are not among them',
    labelNames: ['category'],
  }),
  makeGaugeProvider({
    name: SEALS_WAITING,
    help: 'Seals that wait to be linked into the chain; a job links them every minute',
  }),
];
