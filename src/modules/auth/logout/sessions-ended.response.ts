import { ApiProperty } from '@nestjs/swagger';
import type { SessionsEndedView } from '../session/session.view.js';

export class SessionsEndedResponse implements SessionsEndedView {
  @ApiProperty({ type: 'integer', description: 'How many sign-ins ended', example: 1 })
  sessions_ended!: number;
}
