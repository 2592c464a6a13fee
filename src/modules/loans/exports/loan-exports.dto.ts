import { unpaged } from '../../../platform/http/dto/page-query.dto.js';
import { InstallmentListDto } from '../installments/installment-list.dto.js';
import { LoanAgingDto } from '../reports/loan-aging.dto.js';
import { LoanListDto } from '../overview/loan-list.dto.js';
import type { AgingExportInput, InstallmentExportInput, LoanExportInput } from './export.input.js';

export class LoanExportDto extends unpaged(LoanListDto) implements LoanExportInput {}

export class InstallmentExportDto extends unpaged(InstallmentListDto) implements InstallmentExportInput {}

export class AgingExportDto extends unpaged(LoanAgingDto) implements AgingExportInput {}
