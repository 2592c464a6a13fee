import type { StreamableFile } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import { weeksAfter } from '../../../kernel/calendar/payment-week.js';
import { Clock } from '../../../kernel/clock/clock.js';
import { Exports } from '../../../platform/export/exports.js';
import type { FileRequest } from '../../../platform/export/file-request.decorator.js';
import { AGING_EXPORT } from './aging.export.js';
import { reportPeriod } from './report-period.js';
import { LoanReportQuery } from './loan-report.query.js';
import type {
  AgingExportInput,
  LoanAgingInput,
  LoanCollectionsInput,
  LoanForecastInput,
} from './loan-report.input.js';
import type { LoanAgingView, LoanCollectionsView, LoanForecastView } from './loan-report.view.js';

/** Reports on the whole portfolio, as JSON and as files. */
@Injectable()
export class LoanReportService {
  constructor(
    private readonly clock: Clock,
    private readonly exports: Exports,
    private readonly reports: LoanReportQuery,
  ) {}

  async aging(query: LoanAgingInput): Promise<LoanAgingView> {
    const today = this.clock.today();
    return { as_of: today, ...(await this.reports.aging(query, today)) };
  }

  agingFile(query: AgingExportInput, request: FileRequest): Promise<StreamableFile> {
    const sql = this.reports.agingSql(query, this.clock.today());
    return this.exports.file({ definition: AGING_EXPORT, query, sql }, request);
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
