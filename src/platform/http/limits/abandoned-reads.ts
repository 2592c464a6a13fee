import { Logger } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { cancelledBy, ClientGoneError } from '../../database/client-gone.js';

const logger = new Logger('AbandonedReads');

/**
 * If a client disconnects before the response, its read statements are cancelled. Otherwise a client that repeats a
 * slow request without waiting could use up all connections. Writes run to their end.
 */
export function cancelAbandonedReads(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, { raw }, done) => {
    if (!isRead(request)) {
      done();
      return;
    }
    const clientGone = new AbortController();
    raw.once('close', () => {
      if (raw.writableEnded) return;
      logger.debug({ request_id: request.id }, 'The client closed the connection before the response');
      clientGone.abort(new ClientGoneError());
    });
    cancelledBy(clientGone.signal, done);
  });
}

/**
 * Only for the API: probes and metrics share their work, so one disconnected client must not cancel it for another.
 */
function isRead({ method, url }: FastifyRequest): boolean {
  return (method === 'GET' || method === 'HEAD') && url.startsWith('/api/');
}
