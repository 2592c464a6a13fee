import type { Role } from '../access/role.js';

/** A user as shown to administrators. */
export interface UserView {
  readonly id: number;
  readonly email: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly active: boolean;
  readonly must_change_password: boolean;
  /** The end of the lock after wrong passwords; null if the user is not locked */
  readonly locked_until: Date | null;
  /** The number of active sessions */
  readonly active_sessions: number;
  readonly created_on: Date;
  readonly updated_on: Date;
}

/** The fields that change with each sign-in */
export const USER_TRANSIENT_FIELDS = ['locked_until', 'active_sessions'] as const;

/** A user as shown to other users. */
export type UserName = Pick<UserView, 'id' | 'name'>;
