import { ApiProperty } from '@nestjs/swagger';

export class SessionsEndedResponse {
  @ApiProperty({ type: 'integer', description: 'How many sign-ins ended', example: 1 })
  sessions_ended!: number;
}
