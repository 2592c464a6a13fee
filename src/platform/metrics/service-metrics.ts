import { Injectable, OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { InjectDataSource } from '@nestjs/typeorm';
import { InjectMetric, makeGaugeProvider, makeHistogramProvider } from '@willsoto/nestjs-prometheus';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Pool } from 'pg';
import type { Gauge, Histogram } from 'prom-client';
import { DataSource } from 'typeorm';
import { AppConfig } from '../config/app-config.js';
import { CONSOLE_PREFIX } from '../console/serve-console.js';
import { GaugeCollectors } from './gauge-collectors.js';

const REQUEST_DURATION = 'http_request_duration_seconds';
const DATABASE_UP = 'database_up';
const POOL_MAX = 'database_pool_max_connections';
const POOL_TOTAL = 'database_pool_connections';
const POOL_IDLE = 'database_pool_idle_connections';
const POOL_WAITING = 'database_pool_waiting_requests';

/** Methods of our routes. All others share one label, so that callers cannot create new series. */
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** Metrics of the process: its requests and connections. prom-client adds memory, CPU and the event loop. */
@Injectable()
export class ServiceMetrics implements OnModuleInit {
  constructor(
    @InjectMetric(REQUEST_DURATION) private readonly requests: Histogram,
    @InjectMetric(DATABASE_UP) private readonly databaseUp: Gauge,
    @InjectMetric(POOL_MAX) private readonly poolMax: Gauge,
    @InjectMetric(POOL_TOTAL) private readonly poolTotal: Gauge,
    @InjectMetric(POOL_IDLE) private readonly poolIdle: Gauge,
    @InjectMetric(POOL_WAITING) private readonly poolWaiting: Gauge,
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly config: AppConfig,
    private readonly collectors: GaugeCollectors,
    private readonly adapterHost: HttpAdapterHost,
  ) {}

  onModuleInit(): void {
    const server = this.adapterHost.httpAdapter.getInstance<FastifyInstance>();
    server.addHook('onResponse', (request, reply, done) => {
      this.observe(request, reply);
      done();
    });
  }

  /** Measures at the time of a scrape. The pool comes first because the collectors use it too. */
  async measure(): Promise<void> {
    const pool = (this.dataSource.driver as unknown as { readonly master: Pool }).master;
    this.poolMax.set(this.config.DATABASE_POOL_SIZE);
    this.poolTotal.set(pool.totalCount);
    this.poolIdle.set(pool.idleCount);
    this.poolWaiting.set(pool.waitingCount);
    this.databaseUp.set((await this.collectors.refresh()) ? 1 : 0);
  }

  private observe(request: FastifyRequest, reply: FastifyReply): void {
    const route = routeLabel(request);
    const method = METHODS.has(request.method) ? request.method : 'OTHER';
    this.requests.observe({ method, route, status: reply.statusCode }, reply.elapsedTime / 1_000);
  }
}

/**
 * The route template as a label: paths contain ids, and unknown paths contain anything. All files of the console
 * share one label because their names change with each build.
 */
function routeLabel({ is404, routeOptions: { url } }: FastifyRequest): string {
  if (is404 || url === undefined) return 'unmatched';
  return `${url}/`.startsWith(CONSOLE_PREFIX) ? `${CONSOLE_PREFIX}*` : url;
}

export const SERVICE_METRIC_PROVIDERS = [
  makeHistogramProvider({
    name: REQUEST_DURATION,
    help: 'Response time of requests by route template',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
  }),
  makeGaugeProvider({
    name: DATABASE_UP,
    help: 'Whether the database answered this scrape in time; if not, the gauges from the database are absent',
  }),
  makeGaugeProvider({ name: POOL_MAX, help: 'Database connections that this process may open' }),
  makeGaugeProvider({ name: POOL_TOTAL, help: 'Database connections that this process has open' }),
  makeGaugeProvider({ name: POOL_IDLE, help: 'Open database connections that are not in use' }),
  makeGaugeProvider({ name: POOL_WAITING, help: 'Queries that wait for a database connection' }),
];
