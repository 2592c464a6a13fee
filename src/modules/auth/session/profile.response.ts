import { ApiProperty } from '@nestjs/swagger';
import type { Permission } from '../../../kernel/access/actor.js';
import { permissionsOf, Role, ROLES } from '../../users/index.js';
import type { ProfileView } from './session.view.js';

export class ProfileResponse implements ProfileView {
  @ApiProperty({ type: 'integer', example: 7 })
  id!: number;

  @ApiProperty({ example: 'clerk@example.com' })
  email!: string;

  @ApiProperty({ example: 'Maria Ruiz' })
  name!: string;

  @ApiProperty({ enum: ROLES, isArray: true, example: ['MANAGER'] })
  roles!: Role[];

  @ApiProperty({ enum: [...permissionsOf(ROLES)], isArray: true, example: ['loans:view', 'loans:export'] })
  permissions!: Permission[];

  @ApiProperty({ description: 'Whether the user must change the password before any other request' })
  must_change_password!: boolean;

  @ApiProperty({ example: 'America/New_York', description: 'The time zone of the fleet' })
  time_zone!: string;
}
