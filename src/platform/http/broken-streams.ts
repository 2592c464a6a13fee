import { Socket } from 'node:net';
import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';

/**
 * Resets the connection if a response stream fails after its headers were sent. With HTTP/1.0, without a length and
 * without chunked encoding, the end of the connection marks the end of the response, so an incomplete file would
 * look complete.
 */
export function resetBrokenStreams(fastify: FastifyInstance): void {
  fastify.addHook('onSend', (_request, { raw }, payload, done) => {
    if (payload instanceof Readable) {
      const reset = (): void => {
        if (raw.headersSent && !raw.writableEnded && raw.socket instanceof Socket)
          raw.socket.resetAndDestroy();
      };
      payload.once('error', reset);
      // the client stopped reading: Node would close the connection normally
      raw.once('timeout', reset);
    }
    done();
  });
}
