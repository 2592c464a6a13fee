import { PickType } from '@nestjs/swagger';
import { LoanTermsDto } from './loan-terms.dto.js';
import type { UpdateLoanInput } from './origination.input.js';

export class UpdateLoanDto extends PickType(LoanTermsDto, ['purpose', 'notes']) implements UpdateLoanInput {}
