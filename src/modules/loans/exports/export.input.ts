import type { Unpaged } from '../../../platform/database/page.js';
import type { LoanListInput } from '../loan/loan.input.js';
import type { LoanAgingInput } from '../reports/loan-report.input.js';
import type { InstallmentListInput } from '../schedule/schedule.input.js';

export type LoanExportInput = Unpaged<LoanListInput>;

export type InstallmentExportInput = Unpaged<InstallmentListInput>;

export type AgingExportInput = Unpaged<LoanAgingInput>;
