import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, ValidateIf } from 'class-validator';
import { FlagQueryField, SearchField } from '../../../platform/http/dto/fields.js';
import { PageQueryDto } from '../../../platform/http/dto/page-query.dto.js';
import { ROLES } from '../access/role.js';
import type { Role } from '../access/role.js';
import { USER_SORTS } from './user.filters.js';
import type { UserSort } from './user.filters.js';

export class UserListDto extends PageQueryDto {
  @SearchField({ description: 'Parts of the name or e-mail, in any order, with or without accents' })
  q?: string;

  @ApiPropertyOptional({ enum: ROLES })
  @ValidateIf((_, value: unknown) => value !== undefined)
  @IsIn(ROLES, { message: `role must be ${ROLES.join(', ')}` })
  role?: Role;

  @FlagQueryField({ optional: true })
  active?: boolean;

  @ApiPropertyOptional({ enum: USER_SORTS, default: 'name' })
  @IsIn(USER_SORTS, { message: `sort_by must be ${USER_SORTS.join(', ')}` })
  sort_by: UserSort = 'name';

  @ApiPropertyOptional({ enum: ['asc', 'desc'], default: 'asc' })
  override sort_order: 'asc' | 'desc' = 'asc';
}
