import type { Permission } from '../../../kernel/access/actor.js';
import type { Role } from '../../users/index.js';

/** The signed-in user with permissions. */
export interface ProfileView {
  readonly id: number;
  readonly email: string;
  readonly name: string;
  readonly roles: Role[];
  readonly permissions: Permission[];
  readonly must_change_password: boolean;
  readonly time_zone: string;
}

export interface SessionsEndedView {
  readonly sessions_ended: number;
}

export interface TokensView {
  readonly access_token: string;
  readonly token_type: 'Bearer';
  readonly expires_in: number;
  readonly refresh_token?: string;
}
