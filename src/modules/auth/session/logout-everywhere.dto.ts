import { SessionTransportField } from './session-transport.dto.js';
import type { SessionTransport } from './session.input.js';
import type { LogoutEverywhereInput } from './session.input.js';

export class LogoutEverywhereDto implements LogoutEverywhereInput {
  @SessionTransportField()
  session: SessionTransport = 'body';
}
