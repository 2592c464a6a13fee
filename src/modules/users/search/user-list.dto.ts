import { ApiPropertyOptional } from '@nestjs/swagger';
import { CodeField, FlagQueryField, SearchField } from '../../../platform/http/dto/fields.js';
import { PageQueryDto } from '../../../platform/http/dto/page-query.dto.js';
import { ROLES } from '../access/role.js';
import type { Role } from '../access/role.js';
import { USER_SORTS } from './user.filters.js';
import type { UserSort } from './user.filters.js';

export class UserListDto extends PageQueryDto {
  @SearchField({ description: 'Parts of the name or e-mail, in any order, with or without accents' })
  q?: string;

  @CodeField(ROLES, { optional: true })
  role?: Role;

  @FlagQueryField({ optional: true })
  active?: boolean;

  @CodeField(USER_SORTS, { default: 'name' })
  sort_by: UserSort = 'name';

  @ApiPropertyOptional({ enum: ['asc', 'desc'], default: 'asc' })
  override sort_order: 'asc' | 'desc' = 'asc';
}
