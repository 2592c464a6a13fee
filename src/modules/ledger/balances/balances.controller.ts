import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Page } from '../../../platform/database/page.js';
import { ApiErrorResponses } from '../../../platform/http/openapi/api-error-responses.decorator.js';
import { ENTITY_TAG, WithETag } from '../../../platform/http/entity-tag/with-etag.decorator.js';
import { RequiresPermission } from '../../../platform/http/access/requires-permission.decorator.js';
import { AsOfQueryDto } from './as-of-query.dto.js';
import { BalanceListDto } from './balance-list.dto.js';
import { BalanceParams } from './balance-params.dto.js';
import {
  BalanceDetailResponse,
  BalanceListItem,
  BalancePage,
  OpenBalancesResponse,
} from './balance.response.js';
import { DriverAndLeaseParams } from '../account/borrower-params.dto.js';
import { LedgerQueryService } from './ledger-query.service.js';

@ApiTags('Ledger')
@Controller('ledger')
export class BalancesController {
  constructor(private readonly queries: LedgerQueryService) {}

  @Get('balances')
  @RequiresPermission('ledger:view')
  @ApiOperation({ summary: 'List balances' })
  @ApiOkResponse({ type: BalancePage })
  @ApiErrorResponses('VALIDATION_FAILED')
  list(@Query() query: BalanceListDto): Promise<Page<BalanceListItem>> {
    return this.queries.listBalances(query);
  }

  @Get('balances/driver/:driver_id/lease/:lease_id')
  @RequiresPermission('ledger:view')
  @ApiOperation({ summary: 'Open balances of a driver and lease, in the order of payment' })
  @ApiOkResponse({ type: OpenBalancesResponse })
  @ApiErrorResponses('VALIDATION_FAILED', 'LEASE_NOT_FOUND')
  open(@Param() { driver_id, lease_id }: DriverAndLeaseParams): Promise<OpenBalancesResponse> {
    return this.queries.openBalances(driver_id, lease_id);
  }

  @Get('balances/:balance_id')
  @RequiresPermission('ledger:view')
  @ApiOperation({ summary: 'One balance with its allocations' })
  @WithETag()
  @ApiOkResponse({ type: BalanceDetailResponse, headers: ENTITY_TAG })
  @ApiErrorResponses('VALIDATION_FAILED', 'BALANCE_NOT_FOUND')
  get(@Param() { balance_id }: BalanceParams, @Query() query: AsOfQueryDto): Promise<BalanceDetailResponse> {
    return this.queries.getBalance(balance_id, query);
  }
}
