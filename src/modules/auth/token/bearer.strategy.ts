import type { Strategy } from 'passport-jwt';
import type { Actor } from '../../../kernel/access/actor.js';

/** The user who is authenticated by a token. */
export interface Caller {
  readonly actor: Actor;
  /** Whether the user must change the password before any other request */
  readonly mustChangePassword: boolean;
}

/** The injection token of the passport strategy: for our own tokens, or for those of an identity provider. */
export const BEARER_STRATEGY = Symbol('BEARER_STRATEGY');

export type BearerStrategy = Strategy;
