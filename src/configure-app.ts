import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import fastifyCookie from '@fastify/cookie';
import { Logger, UnsupportedMediaTypeException } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { OpenAPIObject } from '@nestjs/swagger';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest, onRequestHookHandler } from 'fastify';
import { CODE_LISTS, ERROR_CODES } from './code-lists.js';
import { DomainError } from './kernel/errors/domain-error.js';
import type { AppConfig } from './platform/config/app-config.js';
import { serveConsole } from './platform/console/serve-console.js';
import { cancelAbandonedReads } from './platform/http/limits/abandoned-reads.js';
import { Authenticator } from './platform/http/access/authenticator.js';
import { resetBrokenStreams } from './platform/http/broken-streams.js';
import { rejectConnection } from './platform/http/errors/client-error.js';
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
import { securityHeaders, setPermissionsPolicy } from './platform/http/security-headers.js';
import { UnknownFieldsGuard } from './platform/http/body/unknown-fields.guard.js';
import { validationPipe } from './platform/http/body/validation.js';
import { CSV, csvSentence } from './platform/import/csv-body.decorator.js';

/** The headers of a request are small and arrive at once; a client that sends them slowly would occupy a connection. */
const HEADERS_TIMEOUT_MS = 10_000;
/** How often Node checks for requests that take too long */
const TIMEOUT_CHECK_MS = 1_000;
/** A connection without traffic is closed after this time, which is longer than the longest manual posting. */
const SILENCE_TIMEOUT_MS = 900_000;
const REQUEST_ID = /^[\w.:-]{8,100}$/;

/**
 * The HTTP server: accepts JSON bodies up to a limit, CSV files on import routes and a trailing slash, and gives each
 * request an id.
 */
export function createAdapter(config: AppConfig): FastifyAdapter {
  const requestTimeout = config.REQUEST_TIMEOUT_SECONDS * 1_000;
  const adapter = new FastifyAdapter({
    bodyLimit: config.BODY_LIMIT_BYTES,
    clientErrorHandler: rejectConnection,
    connectionTimeout: SILENCE_TIMEOUT_MS,
    forceCloseConnections: 'idle',
    frameworkErrors: rejectUrl,
    genReqId: requestId,
    http: {
      connectionsCheckingInterval: TIMEOUT_CHECK_MS,
      headersTimeout: Math.min(HEADERS_TIMEOUT_MS, requestTimeout),
      // requireReadableHead rejects a missing header with a problem document
      requireHostHeader: false,
    },
    requestTimeout,
    // requests that arrive during the shutdown are still processed, then their connection is closed
    return503OnClosing: false,
    routerOptions: { ignoreTrailingSlash: true },
    trustProxy: config.TRUST_PROXY ?? false,
  });
  adapter.getInstance().removeContentTypeParser('text/plain');
  acceptJsonBodies(adapter, config.BODY_LIMIT_BYTES);
  // Nest would add a parser for forms, but it does not replace an existing one
  adapter.useBodyParser('application/x-www-form-urlencoded', false, {}, (_request, _body, done) => {
    done(new UnsupportedMediaTypeException());
  });
  // The file is not read here: the guards run first, and files have their own size limit
  adapter.getInstance().addContentTypeParser(CSV, (request, payload, done) => {
    if (csvSentence(request) === undefined) throw new UnsupportedMediaTypeException();
    checkEncoding(request);
    done(null, payload);
  });
  return adapter;
}

/** Configures everything between the socket and the controllers, in the same way for the service and for its tests. */
export function configureApp(app: NestFastifyApplication, config: AppConfig): void {
  app.setGlobalPrefix('api/v1', { exclude: ['health/live', 'health/ready', 'metrics'] });
  // runs after the access guard, which AuthModule registers
  app.useGlobalGuards(new UnknownFieldsGuard());
  app.useGlobalPipes(validationPipe());
  void app.register(fastifyCookie);
  app.enableCors(corsOptions(config.CORS_ORIGINS));
  const shutdown = app.get(ShutdownState);
  const fastify = app.getHttpAdapter().getInstance();
  app.useGlobalFilters(new ProblemFilter(ERROR_CODES, app.get(RateLimiter), RouteMethods.of(fastify)));
  fastify.addHook('onRequest', (request, reply, done) => {
    setCommonHeaders(request, reply);
    done();
  });
  cancelAbandonedReads(fastify);
  fastify.addHook('onRequest', (request, _reply, done) => {
    requireReadableHead(request);
    done();
  });
  fastify.addHook('onRequest', addressLimit(app.get(RateLimiter), app.get(Authenticator)));
  fastify.addHook('onRequest', securityHeaders(config.NODE_ENV === 'production'));
  fastify.addHook('onSend', async (request, reply, payload) => {
    if (shutdown.hasBegun) void reply.header('connection', 'close');
    return answerNotModified(request, reply, payload);
  });
  if (servesApiDocs(config)) {
    SwaggerModule.setup('docs', app, () => openApiDocument(app), {
      jsonDocumentUrl: 'docs-json',
      customSiteTitle: 'Driver Loans API',
      swaggerOptions: { displayRequestDuration: true },
    });
  }
  // must be the last onSend hook, so that it sees the final payload
  resetBrokenStreams(fastify);
  serveConsole(app);
  // Node would reject an unknown expectation without a problem document; requireReadableHead sends one
  fastify.server.on('checkExpectation', (request, response) =>
    fastify.server.emit('request', request, response),
  );
  const server = fastify.server.once('listening', () => server.on('error', logLostConnection));
}

const logger = new Logger('HttpServer');

/**
 * The operating system cannot accept a connection, for example because no file handle is free. Open connections
 * continue.
 */
function logLostConnection(error: Error): void {
  logger.error(error, 'A connection could not be accepted');
}

/** Whether the service serves the API documentation at /docs. */
export function servesApiDocs({ API_DOCS, NODE_ENV }: AppConfig): boolean {
  return API_DOCS ?? NODE_ENV !== 'production';
}

export function openApiDocument(app: NestFastifyApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('Driver Loans')
    .setDescription(
      'Loans to taxi drivers, collected in weekly installments through a ledger. ' +
        'Amounts are strings with two decimals, dates are YYYY-MM-DD, errors are RFC 9457 problem documents.',
    )
    .setVersion('1')
    .addServer('/')
    .addBearerAuth()
    .addGlobalResponse({
      description: 'Any other error, for example 413, 415, 429 or 503',
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
 * Runs before the body is read, so that a request above the limit of its address costs only its headers. A signed-in
 * user is never rejected because of other clients at the same address.
 */
function addressLimit(limiter: RateLimiter, authenticator: Authenticator): onRequestHookHandler {
  return (request, reply, done) => {
    if (!request.url.startsWith('/api/') || request.method === 'OPTIONS' || !limiter.isExhausted(request)) {
      done();
      return;
    }
    authenticator
      .isSignedIn(request, reply)
      .then((isSignedIn) => isSignedIn || limiter.count(request, reply))
      .then(() => done(), done);
  };
}

/** Sets the headers that every response has. */
function setCommonHeaders(request: FastifyRequest, reply: FastifyReply): void {
  void reply.header('x-request-id', request.id);
  void reply.header('cache-control', 'no-store');
  void reply.header('x-content-type-options', 'nosniff');
  setPermissionsPolicy(reply);
}

/** A malformed or too long path matches no route, so neither the hooks nor the filter see the request. */
function rejectUrl(_error: Error, request: FastifyRequest, reply: FastifyReply): void {
  setCommonHeaders(request, reply);
  const error = new DomainError('INVALID_REQUEST', 'The URL is malformed or too long.');
  sendProblem(error, ERROR_CODES.INVALID_REQUEST, request, reply);
}

/** The request id of the client if it is valid, otherwise a new id. pino reads it from the raw request. */
function requestId(request: IncomingMessage & { id?: unknown }): string {
  const given = request.headers['x-request-id'];
  const id = typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
  request.id = id;
  return id;
}
