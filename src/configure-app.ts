import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import fastifyCookie from '@fastify/cookie';
import { UnsupportedMediaTypeException } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { OpenAPIObject } from '@nestjs/swagger';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from './kernel/errors/domain-error.js';
import { serveConsole } from './platform/console/serve-console.js';
import { answerNotModified } from './platform/http/entity-tag.interceptor.js';
import { ProblemFilter, sendProblem } from './platform/http/problem.filter.js';
import { Problem } from './platform/http/problem.js';
import { UnreadQueryGuard } from './platform/http/unread-query.guard.js';
import { validationPipe } from './platform/http/validation.js';

const BODY_LIMIT_BYTES = 1_048_576;
const REQUEST_ID = /^[\w.:-]{8,100}$/;

/** The HTTP server: JSON bodies up to 1 MiB and no others, a trailing slash tolerated, an id for every request. */
export function createAdapter(): FastifyAdapter {
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT_BYTES,
    forceCloseConnections: 'idle',
    frameworkErrors: refuseAddress,
    genReqId: requestId,
    routerOptions: { ignoreTrailingSlash: true },
  });
  adapter.getInstance().removeContentTypeParser('text/plain');
  // Nest would add a parser for forms; one that is there already it leaves alone
  adapter.useBodyParser('application/x-www-form-urlencoded', false, {}, (_request, _body, done) => {
    done(new UnsupportedMediaTypeException());
  });
  return adapter;
}

/** Everything between the socket and the controllers, the same for the service and for its tests. */
export function configureApp(app: NestFastifyApplication): void {
  app.setGlobalPrefix('api/v1', { exclude: ['health/live', 'health/ready', 'metrics'] });
  // after the access guard, which is part of the application already
  app.useGlobalGuards(new UnreadQueryGuard());
  app.useGlobalPipes(validationPipe());
  app.useGlobalFilters(new ProblemFilter());
  void app.register(fastifyCookie);
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRequest', async (request, reply) => setCommonHeaders(request, reply))
    .addHook('onSend', async (request, reply, payload) => answerNotModified(request, reply, payload));
  SwaggerModule.setup('docs', app, () => openApiDocument(app), {
    jsonDocumentUrl: 'docs-json',
    customSiteTitle: 'Driver Loans API',
    swaggerOptions: { persistAuthorization: true, displayRequestDuration: true },
  });
  serveConsole(app);
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
    .addGlobalResponse({
      description: 'Any other refusal, such as 413, 415 or 503',
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    })
    .build();
  return SwaggerModule.createDocument(app, config, {
    extraModels: [Problem],
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}_${method}`,
  });
}

/** On every answer, whoever gives it. */
function setCommonHeaders(request: FastifyRequest, reply: FastifyReply): void {
  void reply.header('x-request-id', request.id);
  void reply.header('cache-control', 'no-store');
}

/** A path that is malformed or far too long finds no route, so neither hooks nor filter would see it. */
function refuseAddress(_error: Error, request: FastifyRequest, reply: FastifyReply): void {
  setCommonHeaders(request, reply);
  sendProblem(new DomainError('REQUEST_REFUSED', 'The address cannot be read.'), request, reply);
}

/** The caller's own request id where it is a plain one, or a new one; pino reads it from the raw request. */
function requestId(request: IncomingMessage & { id?: unknown }): string {
  const given = request.headers['x-request-id'];
  const id = typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
  request.id = id;
  return id;
}
