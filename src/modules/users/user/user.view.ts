import type { Role } from '../access/role.js';

/** A user as administrators see one. */
export interface UserView {
  readonly id: number;
  readonly email: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly active: boolean;
  readonly must_change_password: boolean;
  /** Until when wrong passwords keep the user out; null where they do not */
  readonly locked_until: Date | null;
  /** How many sign-ins are alive */
  readonly active_sessions: number;
  readonly created_on: Date;
  readonly updated_on: Date;
}

/** A user as colleagues see one. */
export type UserName = Pick<UserView, 'id' | 'name'>;
