import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AuditQuery } from '../../../platform/audit/audit.query.js';
import type { Page } from '../../../platform/database/page.js';
import { ApiErrorResponses } from '../../../platform/http/openapi/api-error-responses.decorator.js';
import { RequiresPermission } from '../../../platform/http/access/requires-permission.decorator.js';
import { AuditEntryResponse, AuditPage } from './audit-entry.response.js';
import { AuditListDto } from './audit-list.dto.js';

@ApiTags('Audit')
@Controller('audit')
export class AuditController {
  constructor(private readonly query: AuditQuery) {}

  @Get()
  @RequiresPermission('audit:view')
  @ApiOperation({ summary: 'List the audit log, newest first' })
  @ApiOkResponse({ type: AuditPage })
  @ApiErrorResponses('VALIDATION_FAILED')
  list(@Query() filters: AuditListDto): Promise<Page<AuditEntryResponse>> {
    return this.query.list(filters);
  }
}
