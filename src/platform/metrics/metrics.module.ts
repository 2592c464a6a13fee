import { Global, Module } from '@nestjs/common';
import { PrometheusModule } from '@willsoto/nestjs-prometheus';
import { MetricsController } from './metrics.controller.js';
import { SERVICE_METRIC_PROVIDERS, ServiceMetrics } from './service-metrics.js';

@Global()
@Module({
  imports: [PrometheusModule.register({ controller: MetricsController, path: '/metrics' })],
  providers: [ServiceMetrics, ...SERVICE_METRIC_PROVIDERS],
  // the module of the library contains the controller
  exports: [ServiceMetrics],
})
export class MetricsModule {}
