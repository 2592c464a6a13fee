import { SessionTransportField } from './session-transport.js';
import type { SessionTransport } from './session-transport.js';

export class LogoutEverywhereDto {
  @SessionTransportField()
  session: SessionTransport = 'body';
}
