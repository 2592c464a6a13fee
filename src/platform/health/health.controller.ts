import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { HealthCheck, HealthCheckResult, HealthCheckService } from '@nestjs/terminus';
import { ApiErrorResponses } from '../http/openapi/api-error-responses.decorator.js';
import { Uncounted } from '../http/limits/rate-limit.guard.js';
import { PublicRoute } from '../http/access/requires-permission.decorator.js';
import { ReadinessService } from './readiness.service.js';

@ApiTags('Health')
@Controller('health')
@PublicRoute()
@Uncounted()
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly readiness: ReadinessService,
  ) {}

  @Get('live')
  @HealthCheck()
  @ApiErrorResponses('INVALID_REQUEST', 'VALIDATION_FAILED')
  @ApiOperation({ summary: 'Whether the process responds; does not use the database' })
  live(): Promise<HealthCheckResult> {
    return this.health.check([]);
  }

  @Get('ready')
  @HealthCheck()
  @ApiErrorResponses('INVALID_REQUEST', 'VALIDATION_FAILED')
  @ApiOperation({
    summary: 'Whether the process can serve: database, migrations, not stopping',
    description:
      '`degraded` in `posting` means that the scheduled posting of the week is overdue. The process still serves requests.',
  })
  ready(): Promise<HealthCheckResult> {
    return this.readiness.check();
  }
}
