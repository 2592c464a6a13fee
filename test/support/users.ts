import { SYSTEM_ACTOR } from '../../src/kernel/access/actor.js';
import type { TokensResponse } from '../../src/modules/auth/session/tokens.response.js';
import type { Role } from '../../src/modules/users/index.js';
import { UserCreationService } from '../../src/modules/users/index.js';
import type { ApiAnswer } from './api-client.js';
import type { TestApp } from './test-app.js';
import { TEST_PASSWORD } from './test-app.js';

export interface TestUser {
  readonly id: number;
  readonly email: string;
}

export interface Tokens {
  readonly access: string;
  readonly refresh: string;
}

let created = 0;

/** Creates a new user with TEST_PASSWORD. */
export async function aUser(app: TestApp, ...roles: Role[]): Promise<TestUser> {
  created += 1;
  return app.get(UserCreationService).register(SYSTEM_ACTOR, {
    email: `user${created}@example.com`,
    name: `User ${created}`,
    password: TEST_PASSWORD,
    roles: roles.length > 0 ? roles : ['FINANCE'],
  });
}

export function logIn(
  app: TestApp,
  email: string,
  password = TEST_PASSWORD,
): Promise<ApiAnswer<TokensResponse>> {
  return app.anonymous.post<TokensResponse>('/auth/login', { email, password });
}

export async function signIn(app: TestApp, email: string, password = TEST_PASSWORD): Promise<Tokens> {
  return tokensOf(await logIn(app, email, password));
}

export function refresh(app: TestApp, refresh_token: string): Promise<ApiAnswer<TokensResponse>> {
  return app.anonymous.post<TokensResponse>('/auth/refresh', { refresh_token });
}

export function tokensOf({ status, body }: ApiAnswer<TokensResponse>): Tokens {
  if (status !== 200) throw new Error(`no tokens: ${JSON.stringify(body)}`);
  return { access: body.access_token, refresh: body.refresh_token ?? '' };
}

export const bearer = (token: string): { authorization: string } => ({ authorization: `Bearer ${token}` });

/** The status of a request with this token to a route that only requires a signed-in user. */
export async function statusWith(app: TestApp, token: string): Promise<number> {
  return (await app.anonymous.get('/auth/me', bearer(token))).status;
}

/** The audit events of a user, oldest first. */
export function auditEventsOf(app: TestApp, userId: number): Promise<{ action: string; after: unknown }[]> {
  return app.db.query(
    `SELECT action, actor_id, after, address FROM audit_log
     WHERE record_type = 'user' AND record_id = $1 ORDER BY id`,
    [String(userId)],
  );
}
