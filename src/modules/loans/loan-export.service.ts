import type { StreamableFile } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock/clock.js';
import { Exports } from '../../platform/export/exports.js';
import type { FileRequest } from '../../platform/export/file-request.decorator.js';
import { AGING_EXPORT } from './exports/aging.export.js';
import { INSTALLMENT_EXPORT } from './exports/installment.export.js';
import { LOAN_EXPORT } from './exports/loan.export.js';
import type { AgingExportDto, InstallmentExportDto, LoanExportDto } from './http/dto/loan-exports.dto.js';
import { InstallmentQuery } from './queries/installment.query.js';
import { LoanReportQuery } from './queries/loan-report.query.js';
import { LoanQuery } from './queries/loan.query.js';

/** The lists of the loans as files, whole. */
@Injectable()
export class LoanExportService {
  constructor(
    private readonly clock: Clock,
    private readonly exports: Exports,
    private readonly loanQuery: LoanQuery,
    private readonly installmentQuery: InstallmentQuery,
    private readonly reportQuery: LoanReportQuery,
  ) {}

  loans(query: LoanExportDto, request: FileRequest): Promise<StreamableFile> {
    const sql = this.loanQuery.listed(query, this.clock.today());
    return this.exports.file({ definition: LOAN_EXPORT, query, sql }, request);
  }

  installments(query: InstallmentExportDto, request: FileRequest): Promise<StreamableFile> {
    const sql = this.installmentQuery.listed(query, this.clock.today());
    return this.exports.file({ definition: INSTALLMENT_EXPORT, query, sql }, request);
  }

  aging(query: AgingExportDto, request: FileRequest): Promise<StreamableFile> {
    const sql = this.reportQuery.agingListed(query, this.clock.today());
    return this.exports.file({ definition: AGING_EXPORT, query, sql }, request);
  }
}
