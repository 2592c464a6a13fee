import { Logger } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { cancelledBy, ClientGoneError } from '../../database/client-gone.js';

const logger = new Logger('AbandonedReads');

/**
 * A client that leaves before it is answered ends what the database does for it, where that only reads: a list that takes
 * seconds, asked for again and again by a client that does not wait, would hold every connection. A write runs to its end.
 */
export function cancelAbandonedReads(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, { raw }, done) => {
    if (!isRead(request)) {
      done();
      return;
    }
    const gone = new AbortController();
    raw.once('close', () => {
      if (raw.writableEnded) return;
      logger.debug({ request_id: request.id }, 'The client closed the connection before it was answered');
      gone.abort(new ClientGoneError());
    });
    cancelledBy(gone.signal, done);
  });
}

/** Probes and metrics are shared by their callers, so one that leaves must not end them for another. */
function isRead({ method, url }: FastifyRequest): boolean {
  return (method === 'GET' || method === 'HEAD') && url.startsWith('/api/');
}
