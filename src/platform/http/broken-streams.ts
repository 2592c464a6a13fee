import { Socket } from 'node:net';
import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';

/**
 * Resets the connection where an answer breaks off after its head was sent. Without a length and without chunks, as on
 * HTTP/1.0, the end of the connection is the end of the answer, so half a file would look whole to the client.
 */
export function resetBrokenStreams(fastify: FastifyInstance): void {
  fastify.addHook('onSend', (_request, { raw }, payload, done) => {
    if (payload instanceof Readable) {
      const reset = (): void => {
        if (raw.headersSent && !raw.writableEnded && raw.socket instanceof Socket)
          raw.socket.resetAndDestroy();
      };
      payload.once('error', reset);
      // nothing moves any more: Node would end the connection in order
      raw.once('timeout', reset);
    }
    done();
  });
}
