import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiErrorResponses } from '../../../platform/http/openapi/api-error-responses.decorator.js';
import { Heavy } from '../../../platform/http/limits/heavy-work.interceptor.js';
import { RequiresPermission } from '../../../platform/http/access/requires-permission.decorator.js';
import { LedgerVerificationService } from './ledger-verification.service.js';
import { VerificationResponse } from './verification.response.js';
import { VerifyLedgerDto } from './verify-ledger.dto.js';

@ApiTags('Ledger')
@Controller('ledger')
export class VerificationController {
  constructor(private readonly verification: LedgerVerificationService) {}

  @Get('verify')
  @RequiresPermission('ledger:view')
  @ApiOperation({ summary: 'Verify that postings, balances, allocations, loans and seals are consistent' })
  @ApiOkResponse({ type: VerificationResponse })
  @ApiErrorResponses('VALIDATION_FAILED')
  @Heavy()
  verify(@Query() query: VerifyLedgerDto): Promise<VerificationResponse> {
    return this.verification.verify(query);
  }
}
