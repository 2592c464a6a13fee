import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import fastifyCookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import { Logger, UnsupportedMediaTypeException } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { OpenAPIObject } from '@nestjs/swagger';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CODE_LISTS, ERROR_CODES } from './code-lists.js';
import { DomainError } from './kernel/errors/domain-error.js';
import type { AppConfig } from './platform/config/app-config.js';
import { serveConsole } from './platform/console/serve-console.js';
import { cancelAbandonedReads } from './platform/http/limits/abandoned-reads.js';
import { Authenticator } from './platform/http/access/authenticator.js';
import { resetBrokenStreams } from './platform/http/broken-streams.js';
import { refuseConnection } from './platform/http/errors/client-error.js';
import { corsOptions } from './platform/http/cors-options.js';
import { ShutdownState } from './platform/http/shutdown-state.js';
import { answerNotModified } from './platform/http/entity-tag/entity-tag.interceptor.js';
import { RateLimiter } from './platform/http/limits/rate-limiter.js';
import { completeDocument } from './platform/http/openapi/openapi-completion.js';
import { acceptJsonBodies, checkEncoding } from './platform/http/body/json-body.js';
import { ProblemFilter, sendProblem } from './platform/http/errors/problem.filter.js';
import { Problem } from './platform/http/errors/problem.js';
import { requireReadableHead } from './platform/http/request-head.js';
import { RouteMethods } from './platform/http/errors/route-methods.js';
import { helmetOptions, setPermissionsPolicy } from './platform/http/security-headers.js';
import { UnknownFieldsGuard } from './platform/http/body/unknown-fields.guard.js';
import { validationPipe } from './platform/http/body/validation.js';
import { CSV, acceptsCsv } from './platform/import/csv-body.decorator.js';

/** The head of a request is small and comes at once; whoever drips it ties up a connection. */
const HEADERS_TIMEOUT_MS = 10_000;
/** How often Node looks for requests that take too long */
const TIMEOUT_CHECK_MS = 1_000;
/** A connection on which nothing moves for so long is given up: longer than the longest posting by hand. */
const SILENCE_TIMEOUT_MS = 900_000;
const REQUEST_ID = /^[\w.:-]{8,100}$/;

/** The HTTP server: JSON bodies up to a limit and CSV files where a route takes one, a trailing slash tolerated, an id for every request. */
export function createAdapter(config: AppConfig): FastifyAdapter {
  const requestTimeout = config.REQUEST_TIMEOUT_SECONDS * 1_000;
  const adapter = new FastifyAdapter({
    bodyLimit: config.BODY_LIMIT_BYTES,
    clientErrorHandler: refuseConnection,
    connectionTimeout: SILENCE_TIMEOUT_MS,
    forceCloseConnections: 'idle',
    frameworkErrors: refuseAddress,
    genReqId: requestId,
    http: {
      connectionsCheckingInterval: TIMEOUT_CHECK_MS,
      headersTimeout: Math.min(HEADERS_TIMEOUT_MS, requestTimeout),
      // refused with a problem document by requireReadableHead
      requireHostHeader: false,
    },
    requestTimeout,
    // what arrives while the server closes is still answered, as the last of its connection
    return503OnClosing: false,
    routerOptions: { ignoreTrailingSlash: true },
    trustProxy: config.TRUST_PROXY ?? false,
  });
  adapter.getInstance().removeContentTypeParser('text/plain');
  acceptJsonBodies(adapter, config.BODY_LIMIT_BYTES);
  // Nest would add a parser for forms; one that is there already it leaves alone
  adapter.useBodyParser('application/x-www-form-urlencoded', false, {}, (_request, _body, done) => {
    done(new UnsupportedMediaTypeException());
  });
  // A file is handed on unread: the guards come first, and its size has a limit of its own
  adapter.getInstance().addContentTypeParser(CSV, (request, payload, done) => {
    if (!acceptsCsv(request)) throw new UnsupportedMediaTypeException();
    checkEncoding(request);
    done(null, payload);
  });
  return adapter;
}

/** Everything between the socket and the controllers, the same for the service and for its tests. */
export function configureApp(app: NestFastifyApplication, config: AppConfig): void {
  app.setGlobalPrefix('api/v1', { exclude: ['health/live', 'health/ready', 'metrics'] });
  // after the access guard, which is part of the application already
  app.useGlobalGuards(new UnknownFieldsGuard());
  app.useGlobalPipes(validationPipe());
  void app.register(fastifyCookie);
  app.enableCors(corsOptions(config.CORS_ORIGINS));
  const draining = app.get(ShutdownState);
  const fastify = app.getHttpAdapter().getInstance();
  app.useGlobalFilters(new ProblemFilter(ERROR_CODES, app.get(RateLimiter), RouteMethods.of(fastify)));
  fastify.addHook('onRequest', async (request, reply) => setCommonHeaders(request, reply));
  cancelAbandonedReads(fastify);
  fastify.addHook('onRequest', (request, _reply, done) => {
    requireReadableHead(request);
    done();
  });
  fastify.addHook('onRequest', async (request, reply) => refuseExhaustedAddress(app, request, reply));
  void fastify.register(helmet, helmetOptions(config.NODE_ENV === 'production'));
  fastify.addHook('onSend', async (request, reply, payload) => {
    if (draining.isUnderWay) void reply.header('connection', 'close');
    return answerNotModified(request, reply, payload);
  });
  if (showsApi(config)) {
    SwaggerModule.setup('docs', app, () => openApiDocument(app), {
      jsonDocumentUrl: 'docs-json',
      customSiteTitle: 'Driver Loans API',
      swaggerOptions: { displayRequestDuration: true },
    });
  }
  // the last onSend hook: what is sent is what it sees
  resetBrokenStreams(fastify);
  serveConsole(app);
  // Node would refuse an unknown expectation without a problem document; requireReadableHead does it with one
  fastify.server.on('checkExpectation', (request, response) =>
    fastify.server.emit('request', request, response),
  );
  const server = fastify.server.once('listening', () => server.on('error', logLostConnection));
}

const logger = new Logger('HttpServer');

/** The system could not hand a new connection over, such as for want of a file handle; those that are open go on. */
function logLostConnection(error: Error): void {
  logger.error(error, 'A connection could not be accepted');
}

/** Whether the page /docs is served. */
export function showsApi({ API_DOCS, NODE_ENV }: AppConfig): boolean {
  return API_DOCS ?? NODE_ENV !== 'production';
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
      description: 'Any other refusal, such as 413, 415, 429 or 503',
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    })
    .build();
  const document = SwaggerModule.createDocument(app, config, {
    extraModels: [Problem],
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}_${method}`,
  });
  return completeDocument(document, { errors: ERROR_CODES, published: CODE_LISTS });
}

/**
 * Before the body is read, so that an address above its limit costs no more than the head of a request. Whoever is signed
 * in is never refused for what others at the same address do.
 */
async function refuseExhaustedAddress(
  app: NestFastifyApplication,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const limiter = app.get(RateLimiter);
  if (!request.url.startsWith('/api/') || request.method === 'OPTIONS' || !limiter.isExhausted(request))
    return;
  if (!(await app.get(Authenticator).isSignedIn(request, reply))) await limiter.count(request, reply);
}

/** On every answer, whoever gives it. */
function setCommonHeaders(request: FastifyRequest, reply: FastifyReply): void {
  void reply.header('x-request-id', request.id);
  void reply.header('cache-control', 'no-store');
  void reply.header('x-content-type-options', 'nosniff');
  setPermissionsPolicy(reply);
}

/** A path that is malformed or far too long finds no route, so neither hooks nor filter would see it. */
function refuseAddress(_error: Error, request: FastifyRequest, reply: FastifyReply): void {
  setCommonHeaders(request, reply);
  const error = new DomainError('INVALID_REQUEST', 'The address cannot be read.');
  sendProblem(error, ERROR_CODES.INVALID_REQUEST, request, reply);
}

/** The caller's own request id where it is a plain one, or a new one; pino reads it from the raw request. */
function requestId(request: IncomingMessage & { id?: unknown }): string {
  const given = request.headers['x-request-id'];
  const id = typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
  request.id = id;
  return id;
}
