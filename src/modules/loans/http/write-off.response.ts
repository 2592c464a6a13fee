import { ApiProperty } from '@nestjs/swagger';
import { MoneyProperty } from '../../../platform/http/decimal-property.decorator.js';
import { LoanDetailResponse } from './loan.response.js';

/** A loan that was given up. */
export class WriteOffResponse {
  @ApiProperty()
  dry_run!: boolean;

  @ApiProperty({ example: 'LP-2025-000042', description: 'The CREDIT; voiding it takes the write-off back' })
  posting_id!: string;

  @MoneyProperty({
    example: '254.11',
    description:
      'Principal and interest that stood open in the ledger. The principal that was not posted yet is in loan.written_off too',
  })
  amount_settled!: string;

  @ApiProperty()
  loan!: LoanDetailResponse;
}
