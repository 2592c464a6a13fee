import type { IncomingMessage } from 'node:http';
import { RequestMethod } from '@nestjs/common';
import type { Params } from 'nestjs-pino';
import type { DestinationStream } from 'pino';
import { loggedError } from './logged-error.js';

/** The default of nestjs-pino 4 uses a syntax that Nest 12 warns about. */
const EVERY_ROUTE = [{ path: '{*path}', method: RequestMethod.ALL }];

/** Every line of a request contains the request id and, after authentication, the user id. */
export function loggerOptions(level: string, stream: DestinationStream): Params {
  const options = {
    level,
    quietReqLogger: true,
    wrapSerializers: false,
    customAttributeKeys: { reqId: 'request_id' },
    genReqId: (request: IncomingMessage & { id?: unknown }) => request.id as string,
    serializers: { req: requestLine, res: responseLine, err: loggedError },
    customLogLevel: (_: unknown, response: { statusCode: number }, error?: Error) =>
      error || response.statusCode >= 500 ? ('error' as const) : ('info' as const),
    // do not log probes, metrics and files of the console
    autoLogging: { ignore: (request: IncomingMessage) => !pathOf(request).startsWith('/api/') },
  };
  return { pinoHttp: [options, stream], assignResponse: true, forRoutes: EVERY_ROUTE };
}

/** Only method and path: a query may contain names, and the headers contain the token. */
function requestLine(request: IncomingMessage): { method?: string; path: string } {
  return { method: request.method, path: pathOf(request) };
}

/** Nest shortens the URL that its middleware sees and keeps the full one in originalUrl. */
function pathOf({ url, originalUrl }: IncomingMessage & { originalUrl?: string }): string {
  return (originalUrl ?? url ?? '').split('?', 1)[0] ?? '';
}

function responseLine({ statusCode }: { statusCode: number }): { status: number } {
  return { status: statusCode };
}
