import type { IncomingMessage } from 'node:http';
import type { Params } from 'nestjs-pino';
import { pretty } from './pretty-stream.js';

/** JSON lines in production, readable ones in development. The request id stands in every line of a request. */
export function loggerOptions(level: string, isProduction: boolean): Params {
  const options = {
    level,
    quietReqLogger: true,
    customAttributeKeys: { reqId: 'request_id' },
    genReqId: (request: IncomingMessage & { id?: unknown }) => request.id as string,
    serializers: { req: requestLine },
    redact: ['req.headers.authorization', 'req.headers.cookie', 'res.headers["set-cookie"]'],
    customLogLevel: (_: unknown, response: { statusCode: number }, error?: Error) =>
      error || response.statusCode >= 500 ? ('error' as const) : ('info' as const),
    // probes, scrapes and the console's own files say nothing worth a line each
    autoLogging: { ignore: (request: IncomingMessage) => !request.url?.startsWith('/api/') },
  };
  return { pinoHttp: isProduction ? options : [options, pretty()] };
}

/** Method and path: a query may hold a person's name. */
function requestLine({ method, url }: { method: string; url: string }): { method: string; path: string } {
  return { method, path: url.split('?', 1)[0] ?? url };
}
