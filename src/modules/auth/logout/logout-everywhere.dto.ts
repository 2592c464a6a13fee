import { SessionTransportField } from '../session/session-transport.dto.js';
import type { SessionTransport } from '../session/session.input.js';
import type { LogoutEverywhereInput } from '../session/session.input.js';

export class LogoutEverywhereDto implements LogoutEverywhereInput {
  @SessionTransportField()
  session: SessionTransport = 'body';
}
