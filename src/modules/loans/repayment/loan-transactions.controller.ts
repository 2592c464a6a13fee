import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiErrorResponses } from '../../../platform/http/openapi/api-error-responses.decorator.js';
import { RequiresPermission } from '../../../platform/http/access/requires-permission.decorator.js';
import { LoanParams } from '../loan/loan-params.dto.js';
import { LoanTransactionsDto } from './loan-transactions.dto.js';
import { LoanTransactionsResponse } from './loan-transactions.response.js';
import { LoanTransactionsService } from './loan-transactions.service.js';

@ApiTags('Loans')
@Controller('loans/:loan_id/transactions')
export class LoanTransactionsController {
  constructor(private readonly transactions: LoanTransactionsService) {}

  @Get()
  @RequiresPermission('loans:view', 'ledger:view')
  @ApiOperation({ summary: 'List the ledger transactions of a loan, with a running balance' })
  @ApiOkResponse({ type: LoanTransactionsResponse })
  @ApiErrorResponses('VALIDATION_FAILED', 'LOAN_NOT_FOUND')
  list(
    @Param() { loan_id }: LoanParams,
    @Query() query: LoanTransactionsDto,
  ): Promise<LoanTransactionsResponse> {
    return this.transactions.list(loan_id, query);
  }
}
