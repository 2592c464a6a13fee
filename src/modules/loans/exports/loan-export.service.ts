import type { StreamableFile } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock/clock.js';
import { Exports } from '../../../platform/export/exports.js';
import type { FileRequest } from '../../../platform/export/file-request.decorator.js';
import { INSTALLMENT_EXPORT } from '../installments/installment.export.js';
import { LOAN_EXPORT } from '../overview/loan.export.js';

import { InstallmentQuery } from '../installments/installment.query.js';
import { LoanQuery } from '../overview/loan.query.js';
import type { InstallmentExportInput, LoanExportInput } from './export.input.js';

/** Exports the complete lists of loans as files. */
@Injectable()
export class LoanExportService {
  constructor(
    private readonly clock: Clock,
    private readonly exports: Exports,
    private readonly loanQuery: LoanQuery,
    private readonly installmentQuery: InstallmentQuery,
  ) {}

  loans(query: LoanExportInput, request: FileRequest): Promise<StreamableFile> {
    const sql = this.loanQuery.listSql(query, this.clock.today());
    return this.exports.file({ definition: LOAN_EXPORT, query, sql }, request);
  }

  installments(query: InstallmentExportInput, request: FileRequest): Promise<StreamableFile> {
    const sql = this.installmentQuery.listSql(query, this.clock.today());
    return this.exports.file({ definition: INSTALLMENT_EXPORT, query, sql }, request);
  }
}
