import { SYSTEM_ACTOR } from '../../src/kernel/access/actor.js';
import { UserCreationService } from '../../src/modules/users/index.js';
import { startTestApp } from '../support/test-app.js';
import type { TestApp } from '../support/test-app.js';

const PASSWORD = 'correct horse battery staple';

let app: TestApp;
let users: UserCreationService;

beforeAll(async () => {
  app = await startTestApp();
  users = app.get(UserCreationService);
});

afterAll(() => app.close());

describe('the registration of a user', () => {
  const registration = { name: 'Maria Ruiz', password: PASSWORD, roles: ['FINANCE'] };

  it('stores the e-mail in lower case and the password only as an argon2id hash', async () => {
    const { id } = await users.register(SYSTEM_ACTOR, {
      ...registration,
      email: ' Maria.Ruiz@Example.COM ',
    });
    const [row] = await app.db.query<Record<string, unknown>[]>('SELECT * FROM users WHERE id = $1', [id]);
    expect(row).toMatchObject({
      email: 'maria.ruiz@example.com',
      name: 'Maria Ruiz',
      password_hash: expect.stringMatching(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/),
      roles: ['FINANCE'],
      is_active: true,
      created_on: app.clock.now(),
    });
  });

  it('accepts only one of several simultaneous registrations of an e-mail', async () => {
    const email = 'race@example.com';
    const outcomes = await Promise.allSettled(
      ['race@example.com', 'Race@example.com', 'RACE@EXAMPLE.COM'].map((spelling) =>
        users.register(SYSTEM_ACTOR, { ...registration, email: spelling }),
      ),
    );
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1);
    const rejected = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(rejected.map((outcome) => (outcome.reason as { code: string }).code)).toEqual([
      'EMAIL_TAKEN',
      'EMAIL_TAKEN',
    ]);
    const rows = await app.db.query<unknown[]>('SELECT id FROM users WHERE email = $1', [email]);
    expect(rows).toHaveLength(1);
  });

  it('reports every invalid field', async () => {
    await expect(
      users.register(SYSTEM_ACTOR, { email: 'not-an-email', name: ' ', password: 'short', roles: ['OWNER'] }),
    ).rejects.toMatchObject({
      code: 'VALIDATION_FAILED',
      fields: [{ field: 'email' }, { field: 'name' }, { field: 'password' }, { field: 'roles' }],
    });
  });

  it.each([
    ['no roles', { roles: [] }],
    ['an unknown role', { roles: ['FINANCE', 'OWNER'] }],
    ['the e-mail as password', { password: 'someone@example.com' }],
    ['a name with a line break', { name: 'Maria\nRuiz' }],
  ])('rejects %s', async (_, changes) => {
    await expect(
      users.register(SYSTEM_ACTOR, { ...registration, email: 'someone@example.com', ...changes }),
    ).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
  });
});
