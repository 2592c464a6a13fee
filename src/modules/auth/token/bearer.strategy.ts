import type { Strategy } from 'passport-jwt';
import type { Actor } from '../../../kernel/access/actor.js';

/** Who stands behind a token. */
export interface Caller {
  readonly actor: Actor;
  /** They may do nothing but choose a password of their own */
  readonly mustChangePassword: boolean;
}

/** The token of the one passport strategy of this process: our own tokens, or an identity provider's. */
export const BEARER_STRATEGY = Symbol('BEARER_STRATEGY');

export type BearerStrategy = Strategy;
