import { ApiProperty } from '@nestjs/swagger';
import { ROLES } from '../access/role.js';
import type { Role } from '../access/role.js';
import type { UserView } from './user.view.js';

export class UserResponse implements UserView {
  @ApiProperty({ type: 'integer', example: 7 })
  id!: number;

  @ApiProperty({ example: 'clerk@example.com' })
  email!: string;

  @ApiProperty({ example: 'Maria Ruiz' })
  name!: string;

  @ApiProperty({ enum: ROLES, isArray: true, example: ['FINANCE'] })
  roles!: Role[];

  @ApiProperty({ description: 'Whether the user may sign in' })
  active!: boolean;

  @ApiProperty({ description: 'Whether the user must change the password before any other request' })
  must_change_password!: boolean;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'The end of the lock after wrong passwords; null if the user is not locked',
  })
  locked_until!: Date | null;

  @ApiProperty({ type: 'integer', description: 'The number of active sessions', example: 1 })
  active_sessions!: number;

  @ApiProperty({ type: String, format: 'date-time', example: '2025-10-29T13:00:00.000Z' })
  created_on!: Date;

  @ApiProperty({ type: String, format: 'date-time', example: '2025-10-29T13:00:00.000Z' })
  updated_on!: Date;
}
