import { SessionTransportField } from './session-transport.dto.js';
import type { SessionTransport } from './session-transport.dto.js';

export class LogoutEverywhereDto {
  @SessionTransportField()
  session: SessionTransport = 'body';
}
