import { FlagField, TextField } from '../../../platform/http/dto/fields.js';
import type { Role } from '../access/role.js';
import { RolesField } from './user-fields.dto.js';

/** At least one field; those left out stay as they are. */
export class UpdateUserDto {
  @TextField({ maxLength: 120, optional: true, example: 'Maria Ruiz' })
  name?: string;

  @RolesField({ optional: true })
  roles?: Role[];

  @FlagField({ optional: true, description: 'false ends the access, and every session, at once' })
  active?: boolean;
}
