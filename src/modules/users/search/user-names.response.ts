import { ApiProperty } from '@nestjs/swagger';
import type { UserName } from '../user/user.view.js';

class UserNameResponse implements UserName {
  @ApiProperty({ type: 'integer', example: 7 })
  id!: number;

  @ApiProperty({ example: 'Maria Ruiz' })
  name!: string;
}

export class UserNamesResponse {
  @ApiProperty({ type: [UserNameResponse] })
  items!: UserName[];
}
