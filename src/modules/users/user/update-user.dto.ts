import { FlagField, TextField } from '../../../platform/http/dto/fields.js';
import type { Role } from '../access/role.js';
import { RolesField } from './user-fields.dto.js';

/** At least one field. Omitted fields remain unchanged. */
export class UpdateUserDto {
  @TextField({ maxLength: 120, optional: true, example: 'Maria Ruiz' })
  name?: string;

  @RolesField({ optional: true })
  roles?: Role[];

  @FlagField({ optional: true, description: 'false deactivates the user and ends all sessions immediately' })
  active?: boolean;
}
