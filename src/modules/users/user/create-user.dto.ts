import { TextField } from '../../../platform/http/dto/fields.js';
import type { Role } from '../access/role.js';
import { NewPasswordField, RolesField } from './user-fields.dto.js';

export class CreateUserDto {
  @TextField({
    maxLength: 254,
    description: 'For the sign-in; letter case does not matter',
    example: 'clerk@example.com',
  })
  email!: string;

  @TextField({ maxLength: 120, example: 'Maria Ruiz' })
  name!: string;

  @RolesField()
  roles!: Role[];

  @NewPasswordField({
    optional: true,
    description:
      'For the first sign-in, at which the user must change it. Omit it if an identity provider handles the sign-in.',
  })
  password?: string;
}
