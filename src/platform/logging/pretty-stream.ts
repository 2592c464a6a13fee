import type { DestinationStream } from 'pino';
import pinoPretty from 'pino-pretty';

/** Log lines for people, one line each, on stdout. */
export function pretty(): DestinationStream {
  return pinoPretty({
    singleLine: true,
    translateTime: 'SYS:HH:MM:ss',
    ignore: 'pid,hostname,context',
    sync: true,
  });
}
