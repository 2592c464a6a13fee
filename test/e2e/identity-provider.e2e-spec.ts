import { createHmac } from 'node:crypto';
import type { JwtSignOptions } from '@nestjs/jwt';
import { JwtService } from '@nestjs/jwt';
import { JWT_SECRET } from '../../src/platform/platform.module.js';
import { aUser, bearer } from '../support/users.js';
import type { TestUser } from '../support/users.js';
import type { IdentityProvider } from '../support/identity-provider.js';
import { anIdentityProvider, aSigningKey, AUDIENCE, ISSUER } from '../support/identity-provider.js';
import { expectFieldErrors, expectProblem } from '../support/problem.js';
import type { TestApp } from '../support/test-app.js';
import { startTestApp, TEST_PASSWORD } from '../support/test-app.js';

let provider: IdentityProvider;
let app: TestApp;
let admin: TestUser;

const start = (env: Record<string, string> = {}) =>
  startTestApp({
    env: {
      AUTH_JWT_SECRET: '',
      AUTH_JWKS_URL: provider.jwksUrl,
      AUTH_ISSUER: ISSUER,
      AUTH_AUDIENCE: AUDIENCE,
      ...env,
    },
  });

beforeAll(async () => {
  provider = await anIdentityProvider();
  app = await start();
  admin = await aUser(app, 'ADMIN');
});

afterAll(async () => {
  await app.close();
  await provider.close();
});

const me = (token: string, from = app) => from.anonymous.get('/auth/me', bearer(token));
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const claims = () => ({ email: admin.email });

describe('an identity provider token', () => {
  it('authenticates the user with its e-mail, in any letter case, with the local roles', async () => {
    const answer = await me(
      provider.sign({ email: admin.email.toUpperCase(), email_verified: true, roles: ['MANAGER'] }),
    );
    expect(answer).toMatchObject({ status: 200, body: { id: admin.id, roles: ['ADMIN'] } });
  });

  it('is verified with keys that are loaded once', async () => {
    const asked = provider.asked;
    for (let time = 0; time < 5; time += 1) expect((await me(provider.sign(claims()))).status).toBe(200);
    expect(provider.asked).toBe(asked);
  });

  it.each<[string, JwtSignOptions, object]>([
    ['from another issuer', { issuer: 'https://id.example.org/' }, {}],
    ['for another audience', { audience: 'another-api' }, {}],
    ['that has expired', { expiresIn: -31 }, {}],
    ['that is not valid yet', { notBefore: 60 }, {}],
    ['with another RSA algorithm (RS512)', { algorithm: 'RS512' }, {}],
    ['with another RSA algorithm (PS256)', { algorithm: 'PS256' }, {}],
    ['with an unknown key id', { keyid: 'unknown' }, {}],
    ['with an unverified e-mail', {}, { email_verified: false }],
    ['with email_verified: "false" as text', {}, { email_verified: 'false' }],
    ['with an unknown e-mail', {}, { email: 'unknown@example.com' }],
    ['without an e-mail', {}, { email: undefined }],
    ['with an e-mail that is not text', {}, { email: ['account1@example.com'] }],
    ['of type logout+jwt', { header: { alg: 'RS256', typ: 'logout+jwt' } }, {}],
    ['of type dpop+jwt', { header: { alg: 'RS256', typ: 'dpop+jwt' } }, {}],
    ['of type ID', {}, { typ: 'ID' }],
    ['of type Refresh', {}, { typ: 'Refresh' }],
  ])('is rejected: a token %s', async (_, options, changes) => {
    expectProblem(await me(provider.sign({ ...claims(), ...changes }, options)), 401, 'UNAUTHENTICATED');
  });

  it.each([
    ['at+jwt', {}],
    ['application/at+jwt', {}],
    ['JWT', { typ: 'Bearer' }],
    [undefined, {}],
  ])('is accepted with the type %s', async (typ, changes) => {
    const token = provider.sign({ ...claims(), ...changes }, { header: { alg: 'RS256', typ } });
    expect((await me(token)).status).toBe(200);
  });

  it('is rejected without expiry, without a signature and with a wrong signature', async () => {
    const good = provider.sign(claims());
    const [header = '', payload = ''] = good.split('.');
    const endless = new JwtService().sign(claims(), {
      privateKey: provider.keys[0]!.privateKey.export({ type: 'pkcs8', format: 'pem' }),
      algorithm: 'RS256',
      keyid: 'first',
      issuer: ISSUER,
      audience: AUDIENCE,
    });
    const bad = [
      endless,
      `${part({ alg: 'none', typ: 'JWT', kid: 'first' })}.${payload}.`,
      `${header}.${payload}.`,
      provider.sign(claims(), {}, { ...aSigningKey('first') }),
    ];
    for (const token of bad) expectProblem(await me(token), 401, 'UNAUTHENTICATED');
  });

  it('is rejected if it is signed with the public key as a shared secret (HS256)', async () => {
    const [, payload = ''] = provider.sign(claims()).split('.');
    const { publicKey } = provider.keys[0]!;
    for (const secret of [
      publicKey.export({ type: 'spki', format: 'pem' }),
      publicKey.export({ type: 'pkcs1', format: 'pem' }),
      JSON.stringify(publicKey.export({ format: 'jwk' })),
    ]) {
      const signed = `${part({ alg: 'HS256', typ: 'JWT', kid: 'first' })}.${payload}`;
      const signature = createHmac('sha256', secret).update(signed).digest('base64url');
      expectProblem(await me(`${signed}.${signature}`), 401, 'UNAUTHENTICATED');
    }
  });

  it('is required: a locally signed token is rejected', async () => {
    const ours = new JwtService().sign(
      { sid: 1 },
      {
        secret: app.get<string>(JWT_SECRET),
        subject: '1',
        issuer: ISSUER,
        audience: AUDIENCE,
        expiresIn: 60,
      },
    );
    expectProblem(await me(ours), 401, 'UNAUTHENTICATED');
  });

  it('is rejected with an explanation if its user is unknown or inactive', async () => {
    const gone = await aUser(app);
    await app.db.query('UPDATE users SET is_active = false WHERE id = $1', [gone.id]);
    const { detail } = expectProblem(await me(provider.sign({ email: gone.email })), 401, 'UNAUTHENTICATED');
    expect(detail).toContain('belongs to no active user');
  });

  it('may contain the e-mail in another claim', async () => {
    const elsewhere = await start({ AUTH_USER_CLAIM: 'https://id.example.com/mail' });
    try {
      const { id, email } = await aUser(elsewhere);
      const named = provider.sign({ 'https://id.example.com/mail': email });
      expect((await me(named, elsewhere)).body).toMatchObject({ id });
      expectProblem(await me(provider.sign({ email }), elsewhere), 401, 'UNAUTHENTICATED');
    } finally {
      await elsewhere.close();
    }
  });
});

describe('the key set of the identity provider', () => {
  it('is reloaded when a token names a new key', async () => {
    const next = aSigningKey('second');
    provider.keys = [...provider.keys, next];
    expect((await me(provider.sign(claims(), {}, next))).status).toBe(200);
  });

  it('remains usable while the provider is down; a token with an unknown key is rejected with 503', async () => {
    provider.isUp = false;
    try {
      expect((await me(provider.sign(claims()))).status).toBe(200);
      const unseen = provider.sign(claims(), {}, aSigningKey('third'));
      expectProblem(await me(unseen), 503, 'IDENTITY_PROVIDER_UNAVAILABLE');
      const fresh = await start();
      const answer = await me(provider.sign(claims()), fresh);
      await fresh.close();
      expectProblem(answer, 503, 'IDENTITY_PROVIDER_UNAVAILABLE');
    } finally {
      provider.isUp = true;
    }
  });

  it('is loaded at most ten times a minute, whatever keys the tokens name', async () => {
    const otherApp = await start();
    const before = provider.asked;
    for (let index = 0; index < 30; index += 1) {
      const { status } = await me(provider.sign(claims(), { keyid: `made-up-${index}` }), otherApp);
      expect([401, 503]).toContain(status);
    }
    await otherApp.close();
    expect(provider.asked - before).toBeLessThanOrEqual(10);
  });
});

describe('local authentication with an identity provider', () => {
  it('is disabled for sign-in, passwords and sessions, and the error names the identity provider', async () => {
    const headers = bearer(provider.sign(claims()));
    const post = (path: string, body: object) => app.anonymous.post(path, body, headers);
    for (const answer of [
      await post('/auth/login', { email: admin.email, password: TEST_PASSWORD }),
      await post('/auth/refresh', { refresh_token: 'x' }),
      await post('/auth/logout', { session: 'cookie' }),
      await post('/auth/logout-everywhere', {}),
      await post('/auth/password', { current_password: TEST_PASSWORD, new_password: 'purple taxis sing' }),
      await post(`/users/${admin.id}/password`, { password: 'purple taxis sing' }),
    ]) {
      expect(expectProblem(answer, 409, 'LOCAL_AUTH_DISABLED').detail).toContain('identity provider');
    }
  });

  it('leaves user management enabled, without passwords', async () => {
    const headers = bearer(provider.sign(claims()));
    const user = { email: 'hosted@example.com', name: 'Hosted', roles: ['FINANCE'] };
    const given = { ...user, password: TEST_PASSWORD };
    expectFieldErrors(await app.anonymous.post('/users', given, headers), 'password');
    expect((await app.anonymous.post('/users', user, headers)).status).toBe(201);
    const token = provider.sign({ email: user.email });
    expect((await app.anonymous.get('/loans', bearer(token))).status).toBe(200);
    await app.db.query('UPDATE users SET must_change_password = true');
    expect((await app.anonymous.get('/loans', bearer(token))).status).toBe(200);
    expect((await me(token)).body).toMatchObject({ must_change_password: false });
  });
});
