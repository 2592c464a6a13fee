import type { IncomingMessage } from 'node:http';
import { RequestMethod } from '@nestjs/common';
import type { Params } from 'nestjs-pino';
import type { DestinationStream } from 'pino';
import { loggedError } from './logged-error.js';

/** nestjs-pino 4 would write it in a notation that Nest 12 warns of. */
const EVERY_ROUTE = [{ path: '{*path}', method: RequestMethod.ALL }];

/** The request id stands in every line of a request and, once somebody has signed in for it, the user id. */
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
    // probes, scrapes and the console's own files say nothing worth a line each
    autoLogging: { ignore: (request: IncomingMessage) => !pathOf(request).startsWith('/api/') },
  };
  return { pinoHttp: [options, stream], assignResponse: true, forRoutes: EVERY_ROUTE };
}

/** Method and path: a query may hold a person's name, and the headers hold the token. */
function requestLine(request: IncomingMessage): { method?: string; path: string } {
  return { method: request.method, path: pathOf(request) };
}

/** Nest cuts the address that its middleware sees, and keeps the whole of it beside it. */
function pathOf({ url, originalUrl }: IncomingMessage & { originalUrl?: string }): string {
  return (originalUrl ?? url ?? '').split('?', 1)[0] ?? '';
}

function responseLine({ statusCode }: { statusCode: number }): { status: number } {
  return { status: statusCode };
}
