import { Injectable } from '@nestjs/common';
import { weeksAfter } from '../../../kernel/calendar/payment-week.js';
import { Clock } from '../../../kernel/clock/clock.js';
import { reportPeriod } from './report-period.js';

import { LoanReportQuery } from './loan-report.query.js';
import type { LoanAgingInput, LoanCollectionsInput, LoanForecastInput } from './loan-report.input.js';
import type { LoanAgingView, LoanCollectionsView, LoanForecastView } from './loan-report.view.js';

/** Reports on the whole portfolio: aging, collections and forecast. */
@Injectable()
export class LoanReportService {
  constructor(
    private readonly clock: Clock,
    private readonly reports: LoanReportQuery,
  ) {}

  async aging(query: LoanAgingInput): Promise<LoanAgingView> {
    const today = this.clock.today();
    return { as_of: today, ...(await this.reports.aging(query, today)) };
  }

  async collections(query: LoanCollectionsInput): Promise<LoanCollectionsView> {
    const today = this.clock.today();
    const period = reportPeriod({ start: query.period_start, end: query.period_end }, today);
    return { as_of: today, ...(await this.reports.collections(period)) };
  }

  async forecast({ weeks }: LoanForecastInput): Promise<LoanForecastView> {
    const first = this.clock.currentWeek();
    const lines = await this.reports.forecast(first, weeksAfter(first, weeks - 1));
    const [earlier, later] = [lines[0], lines.at(-1)];
    if (!earlier || !later) throw new Error('a forecast has a line before its weeks and one after them');
    return { as_of: this.clock.today(), earlier, weeks: lines.slice(1, -1), later };
  }
}
