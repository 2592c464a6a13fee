import { ApiProperty } from '@nestjs/swagger';
import { IsString, Length } from 'class-validator';
import { PASSWORD_MAX_LENGTH } from '../../users/index.js';
import { SessionTransportField } from './session-transport.dto.js';
import type { SessionTransport } from './session.input.js';
import type { LoginInput } from './session.input.js';

const MAX_EMAIL_LENGTH = 254;
const EMAIL_RULE = `email must be a text of 1 to ${MAX_EMAIL_LENGTH} characters`;
const PASSWORD_RULE = `password must be a text of 1 to ${PASSWORD_MAX_LENGTH} characters`;

export class LoginDto implements LoginInput {
  @ApiProperty({ description: 'Letter case does not matter', example: 'clerk@example.com' })
  @IsString({ message: EMAIL_RULE })
  @Length(1, MAX_EMAIL_LENGTH, { message: EMAIL_RULE })
  email!: string;

  @ApiProperty({ format: 'password', example: 'correct horse battery staple' })
  @IsString({ message: PASSWORD_RULE })
  @Length(1, PASSWORD_MAX_LENGTH, { message: PASSWORD_RULE })
  password!: string;

  @SessionTransportField()
  session: SessionTransport = 'body';
}
