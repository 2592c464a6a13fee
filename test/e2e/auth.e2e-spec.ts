import { JwtService } from '@nestjs/jwt';
import type { JwtSignOptions } from '@nestjs/jwt';
import { SYSTEM_ACTOR } from '../../src/kernel/access/actor.js';
import { UserCreationService } from '../../src/modules/users/index.js';
import { JWT_SECRET } from '../../src/platform/platform.module.js';
import { startTestApp } from '../support/test-app.js';
import type { TestApp } from '../support/test-app.js';

const PASSWORD = 'correct horse battery staple';

interface Login {
  readonly access_token: string;
  readonly token_type: string;
  readonly expires_in: number;
}

describe('authentication', () => {
  let app: TestApp;
  let users: UserCreationService;
  let registered = 0;

  /** Registers a new user with the roles. */
  async function aUser(...roles: string[]): Promise<{ id: number; email: string }> {
    registered += 1;
    return users.register(SYSTEM_ACTOR, {
      email: `user${registered}@example.com`,
      name: `User ${registered}`,
      password: PASSWORD,
      roles,
    });
  }

  const logIn = (email: string, password = PASSWORD) =>
    app.anonymous.post<Login>('/auth/login', { email, password });

  const tokenOf = async (email: string) => (await logIn(email)).body.access_token;

  const withToken = (token: string) => ({ authorization: `Bearer ${token}` });

  beforeAll(async () => {
    app = await startTestApp();
    users = app.get(UserCreationService);
  });

  afterAll(() => app.close());

  describe('POST /auth/login', () => {
    it('returns a bearer token that is valid for the configured time', async () => {
      const { email } = await aUser('FINANCE');
      const answer = await logIn(email);
      expect(answer.status).toBe(200);
      expect(answer.body).toEqual({
        access_token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
        token_type: 'Bearer',
        expires_in: 900,
        refresh_token: expect.stringMatching(/^[\w-]{86}$/),
      });
      expect(answer.headers['cache-control']).toContain('no-store');
    });

    it('accepts the e-mail in any letter case', async () => {
      const { email } = await aUser('FINANCE');
      expect((await logIn(` ${email.toUpperCase()}`)).status).toBe(200);
    });

    it('returns the same error for a wrong password, an unknown e-mail and an inactive user', async () => {
      const { email } = await aUser('FINANCE');
      const inactive = await aUser('FINANCE');
      await app.db.query('UPDATE users SET is_active = false WHERE id = $1', [inactive.id]);
      const answers = [
        await logIn(email, 'a wrong password'),
        await logIn('unknown@example.com'),
        await logIn('no e-mail \u0000 at all'),
        await logIn(inactive.email),
      ];
      for (const answer of answers) {
        expect(answer.status).toBe(401);
        expect(answer.headers['www-authenticate']).toBe('Bearer');
        expect(answer.body).toEqual({
          type: 'urn:driver-loans:problem:invalid-credentials',
          title: 'Unauthorized',
          status: 401,
          detail: 'The e-mail or the password is wrong.',
          code: 'INVALID_CREDENTIALS',
          request_id: expect.any(String),
        });
      }
    });

    it.each([
      ['no fields', {}, ['email', 'password']],
      ['no password', { email: 'a@example.com' }, ['password']],
      ['an empty password', { email: 'a@example.com', password: '' }, ['password']],
      ['a password too long to hash', { email: 'a@example.com', password: 'x'.repeat(129) }, ['password']],
      ['an e-mail that is too long', { email: 'x'.repeat(255), password: PASSWORD }, ['email']],
      ['values that are not strings', { email: { $ne: '' }, password: [PASSWORD] }, ['email', 'password']],
      ['an unknown field', { email: 'a@b.co', password: PASSWORD, roles: ['ADMIN'] }, ['roles']],
    ])('rejects a body with %s', async (_, body, fields) => {
      const answer = await app.anonymous.post<{ code: string; errors: { field: string }[] }>(
        '/auth/login',
        body,
      );
      expect(answer.status).toBe(400);
      expect(answer.body.code).toBe('VALIDATION_FAILED');
      expect(answer.body.errors.map((error) => error.field).sort()).toEqual(fields);
    });
  });

  describe('GET /auth/me', () => {
    it('returns the signed-in user with roles and permissions', async () => {
      const { id, email } = await aUser('MANAGER');
      const answer = await app.anonymous.get('/auth/me', withToken(await tokenOf(email)));
      expect(answer.status).toBe(200);
      expect(answer.body).toEqual({
        id,
        email,
        name: expect.any(String),
        roles: ['MANAGER'],
        permissions: ['loans:view', 'loans:export', 'ledger:view', 'drivers:view', 'leases:view'],
        must_change_password: false,
        time_zone: 'America/New_York',
      });
    });

    it('returns 401 without a token', async () => {
      const answer = await app.anonymous.get('/auth/me');
      expect(answer.status).toBe(401);
      expect(answer.headers['www-authenticate']).toBe('Bearer');
      expect(answer.body).toMatchObject({ code: 'UNAUTHENTICATED', status: 401 });
    });
  });

  describe('an access token', () => {
    let subject: string;
    let claimed: { sid: number };
    let stranger: { sub: string; sid: number };

    beforeAll(async () => {
      const { id, email } = await aUser('ADMIN');
      subject = String(id);
      const { sid } = new JwtService().decode<{ sid: number }>(await tokenOf(email));
      claimed = { sid };
      stranger = new JwtService().decode(await tokenOf((await aUser('ADMIN')).email));
    });

    const sign = (changes: JwtSignOptions = {}, claims: object = claimed) =>
      new JwtService().sign(claims, {
        secret: app.get<string>(JWT_SECRET),
        algorithm: 'HS256',
        issuer: 'driver-loans',
        audience: 'driver-loans-api',
        subject,
        expiresIn: 60,
        ...changes,
      });

    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

    const unsigned = () => `${part({ alg: 'none', typ: 'JWT' })}.${sign().split('.')[1]}.`;

    const withOtherPayload = () => {
      const [header, , signature] = sign().split('.');
      return `${header}.${part({ ...new JwtService().decode<object>(sign()), sub: stranger.sub, sid: stranger.sid })}.${signature}`;
    };

    const endless = () =>
      new JwtService().sign(
        { ...claimed },
        {
          secret: app.get<string>(JWT_SECRET),
          issuer: 'driver-loans',
          audience: 'driver-loans-api',
          subject,
        },
      );

    const statusOf = async (token: string) => (await app.anonymous.get('/auth/me', withToken(token))).status;

    it('is accepted if the service signed it', async () => {
      expect(await statusOf(sign())).toBe(200);
    });

    it.each<[string, () => string]>([
      ['that has expired', () => sign({ expiresIn: -1 })],
      ['that never expires', endless],
      ['that is not valid yet', () => sign({ notBefore: 60 })],
      ['without a signature (alg none)', unsigned],
      ['signed by another algorithm', () => sign({ algorithm: 'HS512' })],
      ['signed with another secret', () => sign({ secret: 'x'.repeat(64) })],
      ['changed after it was signed', withOtherPayload],
      ['for another audience', () => sign({ audience: 'another-api' })],
      ['from another issuer', () => sign({ issuer: 'another-service' })],
      ['of a user who does not exist', () => sign({ subject: '999999' })],
      ['with an invalid user id', () => sign({ subject: 'unknown' })],
      ['without a session', () => sign({}, {})],
      ['of a session that does not exist', () => sign({}, { sid: 999_999 })],
      ["of another user's session", () => sign({}, { sid: stranger.sid })],
      ['that is malformed', () => 'not.a.token'],
    ])('is rejected: a token %s', async (_, token) => {
      expect(await statusOf(token())).toBe(401);
    });

    it('is not accepted in the URL, where logs would store it', async () => {
      expect((await app.anonymous.get(`/auth/me?access_token=${sign()}`)).status).toBe(401);
    });

    it('expires by the system clock, whatever the business clock says', async () => {
      const { email } = await aUser('MANAGER');
      const token = await tokenOf(email);
      app.clock.advanceDays(400);
      expect(await statusOf(token)).toBe(200);
      const claims = new JwtService().decode<{ iat: number; exp: number }>(await tokenOf(email));
      expect(Math.abs(claims.iat - Date.now() / 1000)).toBeLessThan(60);
      expect(claims.exp - claims.iat).toBe(900);
    });
  });

  describe('the access of a user', () => {
    it('ends immediately when the user is deactivated', async () => {
      const { id, email } = await aUser('ADMIN');
      const headers = withToken(await tokenOf(email));
      expect((await app.anonymous.get('/auth/me', headers)).status).toBe(200);
      await app.db.query('UPDATE users SET is_active = false WHERE id = $1', [id]);
      expect((await app.anonymous.get('/auth/me', headers)).status).toBe(401);
    });

    it('changes immediately with the roles, under the same token', async () => {
      const { id, email } = await aUser('FINANCE');
      const headers = withToken(await tokenOf(email));
      expect((await app.anonymous.post('/loans', {}, headers)).status).toBe(400);
      await app.db.query("UPDATE users SET roles = '{MANAGER}' WHERE id = $1", [id]);
      expect((await app.anonymous.post('/loans', {}, headers)).status).toBe(403);
    });

    it('is denied with the name of the missing permission, before the body is validated', async () => {
      const answer = await app.as('MANAGER').post('/loans', { nonsense: true });
      expect(answer.status).toBe(403);
      expect(answer.body).toMatchObject({
        code: 'PERMISSION_MISSING',
        detail: 'This needs the permission loans:create.',
      });
    });

    it('is checked only after authentication', async () => {
      const answer = await app.anonymous.post('/loans', { nonsense: true });
      expect(answer.status).toBe(401);
      expect(answer.body).toMatchObject({ code: 'UNAUTHENTICATED' });
    });
  });
});
