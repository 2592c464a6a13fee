import { unpaged } from '../../../../platform/http/dto/page-query.dto.js';
import { InstallmentListDto } from './installment-list.dto.js';
import { LoanAgingDto } from './loan-aging.dto.js';
import { LoanListDto } from './loan-list.dto.js';

export class LoanExportDto extends unpaged(LoanListDto) {}

export class InstallmentExportDto extends unpaged(InstallmentListDto) {}

export class AgingExportDto extends unpaged(LoanAgingDto) {}
