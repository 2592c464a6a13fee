import { SYSTEM_ACTOR } from '../../src/kernel/access/actor.js';
import { DemoUsersError, refuseDemoUsers } from '../../src/demo/seed-demo.js';
import { UserRegistrationService } from '../../src/modules/users/index.js';
import { startServer } from '../support/server-process.js';
import { createTestDatabase } from '../support/test-database.js';
import { startTestApp } from '../support/test-app.js';

it('production does not start on a database in which a demo user could sign in', async () => {
  const database = await createTestDatabase();
  const app = await startTestApp({ databaseUrl: database.url });
  try {
    await expect(refuseDemoUsers(app.app)).resolves.toBeUndefined();
    const { id } = await app.get(UserRegistrationService).register(SYSTEM_ACTOR, {
      email: 'manager@demo.local',
      name: 'Manuel Manager',
      password: 'driver-loans-demo',
      roles: ['MANAGER'],
    });
    await expect(refuseDemoUsers(app.app)).rejects.toThrow(DemoUsersError);

    const server = startServer(database.url, '', { NODE_ENV: 'production' });
    expect(await server.ended).toBe(1);
    expect(server.output()).toMatch(/^The database holds the active demo user manager@demo\.local: .*\.$/m);

    await app.db.query('UPDATE users SET is_active = false WHERE id = $1', [id]);
    await expect(refuseDemoUsers(app.app)).resolves.toBeUndefined();
  } finally {
    await app.close();
    await database.drop();
  }
});
