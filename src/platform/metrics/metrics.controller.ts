import { Controller, Get, Res, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { PrometheusController } from '@willsoto/nestjs-prometheus';
import { Uncounted } from '../http/limits/rate-limit.guard.js';
import { PublicRoute } from '../http/access/requires-permission.decorator.js';
import { MetricsGuard } from './metrics.guard.js';
import { ServiceMetrics } from './service-metrics.js';

/** For Prometheus, not part of the public API. MetricsGuard restricts the access. */
@Controller('metrics')
@ApiExcludeController()
@PublicRoute()
@UseGuards(MetricsGuard)
@Uncounted()
export class MetricsController extends PrometheusController {
  constructor(private readonly metrics: ServiceMetrics) {
    super();
  }

  @Get()
  override async index(@Res({ passthrough: true }) response: unknown): Promise<string> {
    await this.metrics.measure();
    return super.index(response);
  }
}
