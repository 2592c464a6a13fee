import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { FastifyAdapter, NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { ProblemFilter } from './platform/http/problem.filter.js';
import { Problem } from './platform/http/problem.js';
import { validationPipe } from './platform/http/validation.js';

const BODY_LIMIT_BYTES = 1_048_576;
const REQUEST_ID = /^[\w.:-]{8,100}$/;

/** The HTTP server: bodies up to 1 MiB, a trailing slash tolerated, an id for every request. */
export function createAdapter(): FastifyAdapter {
  return new FastifyAdapter({
    bodyLimit: BODY_LIMIT_BYTES,
    forceCloseConnections: 'idle',
    genReqId: requestId,
    routerOptions: { ignoreTrailingSlash: true },
  });
}

/** Everything between the socket and the controllers, the same for the service and for its tests. */
export function configureApp(app: NestFastifyApplication): void {
  app.setGlobalPrefix('api/v1', { exclude: ['health/live', 'health/ready', 'metrics'] });
  app.useGlobalPipes(validationPipe());
  app.useGlobalFilters(new ProblemFilter());
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRequest', async (request, reply) => {
      void reply.header('x-request-id', request.id);
      void reply.header('cache-control', 'no-store');
    });
  SwaggerModule.setup('docs', app, () => openApiDocument(app), {
    jsonDocumentUrl: 'docs-json',
    customSiteTitle: 'Driver Loans API',
    swaggerOptions: { persistAuthorization: true, displayRequestDuration: true },
  });
}

export function openApiDocument(app: NestFastifyApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('Driver Loans')
    .setDescription(
      'Lends money to taxi drivers, collects it week by week through the ledger, and accounts for every cent. ' +
        'Amounts are strings with two decimals, dates are YYYY-MM-DD, errors are RFC 9457 problem documents.',
    )
    .setVersion('1')
    .addServer('/')
    .addBearerAuth()
    .build();
  return SwaggerModule.createDocument(app, config, {
    extraModels: [Problem],
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}_${method}`,
  });
}

/** The caller's own request id where it is a plain one, or a new one; pino reads it from the raw request. */
function requestId(request: IncomingMessage & { id?: unknown }): string {
  const given = request.headers['x-request-id'];
  const id = typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
  request.id = id;
  return id;
}
