import type { Unpaged } from '../../../platform/database/page.js';
import type { LoanListInput } from '../overview/loan.input.js';
import type { InstallmentListInput } from '../installments/installment.input.js';

export type LoanExportInput = Unpaged<LoanListInput>;

export type InstallmentExportInput = Unpaged<InstallmentListInput>;
