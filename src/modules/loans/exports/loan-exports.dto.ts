import { unpaged } from '../../../platform/http/dto/page-query.dto.js';
import { InstallmentListDto } from '../installments/installment-list.dto.js';
import { LoanListDto } from '../overview/loan-list.dto.js';
import type { InstallmentExportInput, LoanExportInput } from './export.input.js';

export class LoanExportDto extends unpaged(LoanListDto) implements LoanExportInput {}

export class InstallmentExportDto extends unpaged(InstallmentListDto) implements InstallmentExportInput {}
