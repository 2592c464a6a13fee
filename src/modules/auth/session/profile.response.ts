import { ApiProperty, PickType } from '@nestjs/swagger';
import type { Permission } from '../../../kernel/access/actor.js';
import { permissionsOf, ROLES, UserResponse } from '../../users/index.js';
import type { ProfileView } from './session.view.js';

export class ProfileResponse
  extends PickType(UserResponse, ['id', 'email', 'name', 'roles', 'must_change_password'])
  implements ProfileView
{
  @ApiProperty({ enum: [...permissionsOf(ROLES)], isArray: true, example: ['loans:view', 'loans:export'] })
  permissions!: Permission[];

  @ApiProperty({ example: 'America/New_York', description: 'The time zone of the fleet' })
  time_zone!: string;
}
