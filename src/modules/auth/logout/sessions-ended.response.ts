import { ApiProperty } from '@nestjs/swagger';
import type { SessionsEndedView } from '../session/session.view.js';

export class SessionsEndedResponse implements SessionsEndedView {
  @ApiProperty({ type: 'integer', description: 'The number of sessions that were ended', example: 1 })
  sessions_ended!: number;
}
