import { UserQueryService } from '../../src/modules/users/index.js';
import { filledIn } from '../support/operations.js';
import { expectProblem } from '../support/problem.js';
import { app, operations, send, useOperations } from './support/requests-fixture.js';

useOperations();

describe('an operation of the service', () => {
  it('requires authentication before anything else', async () => {
    const guarded = operations.filter(({ isPublic }) => !isPublic);
    expect(guarded.length).toBeGreaterThan(20);
    for (const operation of guarded) {
      const answer = await send(app.anonymous, operation, filledIn(operation, 'x'), { surprise: 1 });
      expectProblem(answer, 401, 'UNAUTHENTICATED');
      expect(answer.headers['www-authenticate']).toBe('Bearer');
    }
  });

  it('allows a manager to read everything but users and the audit log, and rejects every write with the missing permission', async () => {
    const manager = app.as('MANAGER');
    const held = (await manager.get<{ permissions: string[] }>('/auth/me')).body.permissions;
    // operations without permissions concern the own session
    for (const operation of operations.filter(({ permissions }) => permissions.length > 0)) {
      const answer = await send(manager, operation, filledIn(operation, '2147483647'));
      // a manager can read the names of users, which other records contain
      if (operation.method === 'GET' && !/^\/(audit|users(?!\/names$))/.test(operation.path)) {
        expect(`GET ${operation.path} ${answer.status}`).toMatch(/ (200|400|404)$/);
        continue;
      }
      const missing = operation.permissions.filter((permission) => !held.includes(permission));
      expect([operation.path, missing]).not.toEqual([operation.path, []]);
      const { detail } = expectProblem(answer, 403, 'PERMISSION_MISSING');
      for (const permission of missing) expect(detail).toContain(permission);
    }
  });
});

describe('a user without permissions', () => {
  afterEach(() => jest.restoreAllMocks());

  it('is denied every route with the permissions that it requires, including printed documents', async () => {
    const users = app.get(UserQueryService);
    const active = users.findBySession.bind(users);
    const user = app.as('FINANCE');
    await user.get('/auth/me');
    jest.spyOn(users, 'findBySession').mockImplementation(async (sessionId, userId) => {
      const found = await active(sessionId, userId);
      return found && { ...found, roles: [] };
    });
    const guarded = operations.filter(({ permissions }) => permissions.length > 0);
    expect(guarded.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['/loans/{loan_id}/agreement.pdf', '/ledger/statements']),
    );
    for (const operation of guarded) {
      const answer = await send(user, operation, filledIn(operation, 'pdf'));
      const { detail } = expectProblem(answer, 403, 'PERMISSION_MISSING');
      for (const permission of operation.permissions) expect(detail).toContain(permission);
    }
  });
});
