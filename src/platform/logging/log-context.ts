import { AsyncLocalStorage } from 'node:async_hooks';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/**
 * Keeps a request's log lines together. nestjs-pino opens the context of a request before its body is there; a body that
 * comes in a later packet is announced by the socket, which knows nothing of it, and all that follows would be logged
 * without the request's id. To be called before the server is ready.
 */
export function keepLogContext(server: FastifyInstance): void {
  const contexts = new WeakMap<FastifyRequest, ReturnType<typeof AsyncLocalStorage.snapshot>>();
  server.addHook('preParsing', (request, _reply, _payload, done) => {
    contexts.set(request, AsyncLocalStorage.snapshot());
    done();
  });
  server.addHook('preValidation', (request, _reply, done) => {
    const inContext = contexts.get(request);
    if (inContext) inContext(done);
    else done();
  });
}
