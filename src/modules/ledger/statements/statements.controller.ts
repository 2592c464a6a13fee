import { Controller, Get, Query } from '@nestjs/common';
import type { StreamableFile } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiOperation, ApiTags, getSchemaPath } from '@nestjs/swagger';
import { ApiErrorResponses } from '../../../platform/http/openapi/api-error-responses.decorator.js';
import { Heavy } from '../../../platform/http/limits/heavy-work.interceptor.js';
import { PDF_CONTENT } from '../../../platform/http/pdf-answer.js';
import { RequiresPermission } from '../../../platform/http/access/requires-permission.decorator.js';
import { StatementQueryDto } from './statement-query.dto.js';
import { StatementResponse } from './statement.response.js';
import { StatementService } from './statement.service.js';

@ApiTags('Ledger')
@Controller('ledger')
export class StatementsController {
  constructor(private readonly statements: StatementService) {}

  @Get('statements')
  @RequiresPermission('ledger:view')
  @ApiOperation({ summary: 'The statement of a driver and lease for a payment week, by category' })
  @ApiExtraModels(StatementResponse)
  @ApiOkResponse({
    content: { 'application/json': { schema: { $ref: getSchemaPath(StatementResponse) } }, ...PDF_CONTENT },
  })
  @ApiErrorResponses('VALIDATION_FAILED', 'PERIOD_NOT_A_PAYMENT_WEEK', 'LEASE_DRIVER_MISMATCH')
  @Heavy(({ format }) => format === 'pdf')
  get(@Query() query: StatementQueryDto): Promise<StatementResponse | StreamableFile> {
    return this.statements.answer(query);
  }
}
