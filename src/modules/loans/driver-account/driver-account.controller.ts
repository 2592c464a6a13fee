import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequiresPermission } from '../../../platform/http/access/requires-permission.decorator.js';
import { ApiErrorResponses } from '../../../platform/http/openapi/api-error-responses.decorator.js';
import { DriverParamsDto } from '../../drivers/index.js';
import { DriverAccountResponse } from './driver-account.response.js';
import { DriverAccountService } from './driver-account.service.js';

@ApiTags('Drivers')
@Controller('drivers/:driver_id/account')
export class DriverAccountController {
  constructor(private readonly accounts: DriverAccountService) {}

  @Get()
  @RequiresPermission('drivers:view', 'ledger:view', 'loans:view')
  @ApiOperation({
    summary: 'A driver over all leases: debts by category and lease, unused credit, open loans',
  })
  @ApiOkResponse({ type: DriverAccountResponse })
  @ApiErrorResponses('VALIDATION_FAILED', 'DRIVER_NOT_FOUND')
  get(@Param() { driver_id }: DriverParamsDto): Promise<DriverAccountResponse> {
    return this.accounts.get(driver_id);
  }
}
