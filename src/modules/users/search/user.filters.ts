import type { PageRequest } from '../../../platform/database/page.js';
import type { Role } from '../access/role.js';

export const USER_SORTS = ['name', 'email', 'created_on'] as const;

export type UserSort = (typeof USER_SORTS)[number];

export interface UserFilters extends PageRequest {
  /** Parts of the name or e-mail */
  readonly q?: string;
  readonly role?: Role;
  readonly active?: boolean;
  readonly sort_by: UserSort;
  readonly sort_order: 'asc' | 'desc';
}
