import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, IsString, MaxLength, ValidateIf } from 'class-validator';
import { PASSWORD_MAX_LENGTH, PASSWORD_MIN_LENGTH } from '../password/password-policy.js';
import { ROLES } from '../access/role.js';

const ROLES_RULE = `roles must be one or more of ${ROLES.join(', ')}`;

export function RolesField({ optional = false } = {}): PropertyDecorator {
  return applyDecorators(
    ApiProperty({ enum: ROLES, isArray: true, minItems: 1, example: ['FINANCE'], required: !optional }),
    ValidateIf((_, value: unknown) => !optional || value !== undefined),
    IsArray({ message: ROLES_RULE }),
    ArrayMinSize(1, { message: ROLES_RULE }),
    ArrayMaxSize(ROLES.length, { message: ROLES_RULE }),
    IsIn(ROLES, { each: true, message: ROLES_RULE }),
  );
}

/** A new password. The password policy checks it, because it counts characters and compares it with the e-mail. */
export function NewPasswordField({ optional = false, description = '' } = {}): PropertyDecorator {
  const message = '$property must be a text';
  return applyDecorators(
    ApiProperty({
      type: String,
      format: 'password',
      minLength: PASSWORD_MIN_LENGTH,
      maxLength: PASSWORD_MAX_LENGTH,
      example: 'purple taxis sing at dawn',
      required: !optional,
      ...(description ? { description } : {}),
    }),
    ValidateIf((_, value: unknown) => !optional || value !== undefined),
    IsString({ message }),
    // counts UTF-16 code units, of which a character may have two
    MaxLength(2 * PASSWORD_MAX_LENGTH, { message: '$property is too long' }),
  );
}
