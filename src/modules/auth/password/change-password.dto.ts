import { ApiProperty } from '@nestjs/swagger';
import { IsString, Length } from 'class-validator';
import { NewPasswordField, PASSWORD_MAX_LENGTH } from '../../users/index.js';
import type { ChangePasswordInput } from './password.input.js';

const RULE = `current_password must be a text of 1 to ${PASSWORD_MAX_LENGTH} characters`;

export class ChangePasswordDto implements ChangePasswordInput {
  @ApiProperty({ format: 'password', example: 'correct horse battery staple' })
  @IsString({ message: RULE })
  @Length(1, PASSWORD_MAX_LENGTH, { message: RULE })
  current_password!: string;

  @NewPasswordField()
  new_password!: string;
}
