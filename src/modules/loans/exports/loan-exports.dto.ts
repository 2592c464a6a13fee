import { unpaged } from '../../../platform/http/dto/page-query.dto.js';
import { InstallmentListDto } from '../schedule/installment-list.dto.js';
import { LoanAgingDto } from '../reports/loan-aging.dto.js';
import { LoanListDto } from '../loan/loan-list.dto.js';

export class LoanExportDto extends unpaged(LoanListDto) {}

export class InstallmentExportDto extends unpaged(InstallmentListDto) {}

export class AgingExportDto extends unpaged(LoanAgingDto) {}
