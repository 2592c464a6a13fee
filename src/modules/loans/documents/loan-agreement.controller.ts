import { Controller, Get, Param, Query } from '@nestjs/common';
import type { StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiErrorResponses } from '../../../platform/http/openapi/api-error-responses.decorator.js';
import { Heavy } from '../../../platform/http/limits/heavy-work.interceptor.js';
import { PDF_CONTENT } from '../../../platform/http/pdf-answer.js';
import { RequiresPermission } from '../../../platform/http/access/requires-permission.decorator.js';
import { LoanParams } from '../loan/loan-params.dto.js';
import { LoanAgreementDto } from './loan-agreement.dto.js';
import { LoanAgreementService } from './loan-agreement.service.js';

@ApiTags('Loans')
@Controller('loans/:loan_id/agreement.pdf')
export class LoanAgreementController {
  constructor(private readonly agreement: LoanAgreementService) {}

  @Get()
  @RequiresPermission('loans:view')
  @ApiOperation({
    summary: 'The loan agreement, or an amendment, as a PDF to print and sign',
  })
  @ApiOkResponse({ content: PDF_CONTENT })
  @ApiErrorResponses('VALIDATION_FAILED', 'LOAN_NOT_FOUND', 'LOAN_VERSION_UNKNOWN')
  @Heavy()
  print(@Param() { loan_id }: LoanParams, @Query() { version }: LoanAgreementDto): Promise<StreamableFile> {
    return this.agreement.print(loan_id, version);
  }
}
