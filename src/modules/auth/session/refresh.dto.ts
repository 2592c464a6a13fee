import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsString, Length, ValidateIf } from 'class-validator';
import { SessionTransportField } from './session-transport.dto.js';
import type { SessionTransport } from './session.input.js';
import type { RefreshInput } from './session.input.js';

const TOKEN_RULE = 'refresh_token must be a refresh token, unless session is cookie';

export class RefreshDto implements RefreshInput {
  @ApiPropertyOptional({
    type: String,
    minLength: 1,
    maxLength: 200,
    description: 'Required unless `session` is cookie',
  })
  @ValidateIf(({ session }: RefreshDto, value: unknown) => session !== 'cookie' || value !== undefined)
  @IsString({ message: TOKEN_RULE })
  @Length(1, 200, { message: TOKEN_RULE })
  refresh_token?: string;

  @SessionTransportField()
  session: SessionTransport = 'body';
}
