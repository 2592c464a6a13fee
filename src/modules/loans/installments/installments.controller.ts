import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Page } from '../../../platform/database/page.js';
import { ApiErrorResponses } from '../../../platform/http/openapi/api-error-responses.decorator.js';
import { RequiresPermission } from '../../../platform/http/access/requires-permission.decorator.js';
import { UnpostedListDto } from './unposted-list.dto.js';
import { InstallmentQueryService } from './installment-query.service.js';
import { InstallmentListDto } from './installment-list.dto.js';
import {
  InstallmentListItem,
  InstallmentPage,
  UnpostedInstallmentsResponse,
} from './installment.response.js';

@ApiTags('Installments and weekly posting')
@Controller('loans/installments')
export class InstallmentsController {
  constructor(private readonly installments: InstallmentQueryService) {}

  @Get()
  @RequiresPermission('loans:view')
  @ApiOperation({ summary: 'List installments' })
  @ApiOkResponse({ type: InstallmentPage })
  @ApiErrorResponses('VALIDATION_FAILED')
  list(@Query() query: InstallmentListDto): Promise<Page<InstallmentListItem>> {
    return this.installments.list(query);
  }

  @Get('unposted')
  @RequiresPermission('loans:view')
  @ApiOperation({ summary: 'List unposted installments of ACTIVE and ON_HOLD loans, with sums' })
  @ApiOkResponse({ type: UnpostedInstallmentsResponse })
  @ApiErrorResponses('VALIDATION_FAILED')
  listUnposted(@Query() query: UnpostedListDto): Promise<UnpostedInstallmentsResponse> {
    return this.installments.listUnposted(query);
  }
}
