import { Controller, Get, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { PrometheusController } from '@willsoto/nestjs-prometheus';
import { RateLimited } from '../http/rate-limit.guard.js';
import { PublicRoute } from '../http/requires-permission.decorator.js';

/** For Prometheus, outside the public API: keep /metrics from the outside at the proxy. */
@Controller('metrics')
@ApiExcludeController()
@PublicRoute()
@RateLimited('uncounted')
export class MetricsController extends PrometheusController {
  @Get()
  override index(@Res({ passthrough: true }) response: unknown): Promise<string> {
    return super.index(response);
  }
}
