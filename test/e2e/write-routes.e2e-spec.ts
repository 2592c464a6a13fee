import type { AuditEntry } from '../../src/platform/audit/audit-entry.js';
import type { ApiAnswer, ApiClient } from '../support/api-client.js';
import { expectProblem } from '../support/problem.js';
import { routesOf } from '../support/routes.js';
import type { TestApp } from '../support/test-app.js';
import { startTestApp } from '../support/test-app.js';
import { SESSION_WRITES, WITH_PASSWORD, WRITE_EXAMPLES, WRITE_NOTHING } from '../support/write-examples.js';
import type { WriteExample } from '../support/write-example.js';

const WRITES = Object.keys(WRITE_EXAMPLES);
const POSTS = WRITES.filter((name) => name.startsWith('POST ') && !WITH_PASSWORD.includes(name));
/** A user's tag changes with each sign-in, and these must succeed at once (docs/adr/0010). */
const WITHOUT_IF_MATCH = ['password', 'unlock', 'logout'].map((route) => `POST users/:user_id/${route}`);
/** The routes that change one record: the record is what the path names. */
const CHANGES = WRITES.filter((name) => name.includes('/:') && !WITHOUT_IF_MATCH.includes(name));

let app: TestApp;
let admin: ApiClient;

beforeAll(async () => {
  app = await startTestApp();
  admin = app.as('ADMIN');
  await admin.get('/auth/me');
});

afterAll(() => app.close());

const exampleOf = (name: string): Promise<WriteExample> => WRITE_EXAMPLES[name]!(app);

const send = (name: string, { path, body }: WriteExample, headers = {}): Promise<ApiAnswer<object>> => {
  const method = name.split(' ')[0]!.toLowerCase() as 'post' | 'put' | 'patch';
  return admin[method as 'post']<object>(path, body, headers);
};

const varied = ({ body, variation = {} }: WriteExample): object | string =>
  typeof body === 'string' || typeof variation === 'string' ? variation : { ...body, ...variation };

const auditedSince = async (id: number): Promise<AuditEntry[]> =>
  app.db.query<AuditEntry[]>('SELECT * FROM audit_log WHERE id > $1 ORDER BY id', [id]);

const lastEntry = async (): Promise<number> => {
  const [{ last }] = await app.db.query<[{ last: number }]>(
    'SELECT coalesce(max(id), 0)::integer AS last FROM audit_log',
  );
  return last;
};

const eventsOf = (answer: ApiAnswer<object>): Promise<object[]> =>
  app.db.query('SELECT * FROM outbox WHERE request_id = $1 ORDER BY id', [answer.headers['x-request-id']]);

/** The outbox event beside the audit entry. It has all fields of the record, the entry only those that changed. */
const eventOf = (entry: AuditEntry): object => ({
  id: expect.any(String) as string,
  occurred_at: entry.at,
  type: entry.action,
  version: 1,
  aggregate_type: entry.record_type,
  aggregate_id: entry.record_id,
  payload: expect.objectContaining(entry.after ?? {}) as object,
  actor_id: entry.actor_id,
  request_id: entry.request_id,
  row_hash: expect.any(Buffer) as Buffer,
});

/** The path of the record, without the last words of the route such as `payoff/undo` */
const recordOf = (name: string, { path }: WriteExample): string =>
  path
    .split('/')
    .slice(
      0,
      name
        .split(' ')[1]!
        .split('/')
        .findIndex((part) => part.startsWith(':')) + 2,
    )
    .join('/');

describe('a write route', () => {
  it('has an example here, or is listed as writing nothing', () => {
    const names = routesOf(app)
      .map(({ name }) => name)
      .filter((name) => !name.startsWith('GET '));
    expect(names.sort()).toEqual([...WRITES, ...SESSION_WRITES, ...Object.keys(WRITE_NOTHING)].sort());
  });

  it.each(WRITES)(
    'leaves an audit entry with user, address and request, and an outbox event: %s',
    async (name) => {
      const example = await exampleOf(name);
      const last = await lastEntry();
      const answer = await send(name, example);
      expect(answer).toMatchObject({ status: example.status });
      const entries = await auditedSince(last);
      const { body: me } = await admin.get<{ id: number }>('/auth/me');
      expect(entries.length).toBeGreaterThan(0);
      for (const entry of entries) {
        expect(entry).toMatchObject({
          actor_id: me.id,
          at: app.clock.now(),
          request_id: answer.headers['x-request-id'],
          address: '127.0.0.1',
          after: expect.any(Object),
        });
      }
      expect(await eventsOf(answer)).toEqual(entries.map(eventOf));
    },
  );
});

describe('a POST route that writes', () => {
  it.each(POSTS)('runs once per Idempotency-Key: %s', async (name) => {
    const example = await exampleOf(name);
    const key = { 'idempotency-key': `once-${name.replaceAll(' ', '-')}` };
    const first = await send(name, example, key);
    expect(first).toMatchObject({ status: example.status });
    expect(first.headers['idempotency-replayed']).toBeUndefined();

    const last = await lastEntry();
    const second = await send(name, example, key);
    expect(second).toMatchObject({ status: example.status, body: first.body });
    expect(second.headers['idempotency-replayed']).toBe('true');
    expect(JSON.stringify(second.body)).toBe(JSON.stringify(first.body));
    expect(await auditedSince(last)).toEqual([]);

    expect(example).toHaveProperty('variation');
    const other = { ...example, body: varied(example) };
    expectProblem(await send(name, other, key), 422, 'IDEMPOTENCY_KEY_REUSED');
    expect(await auditedSince(last)).toEqual([]);
  });

  it.each(POSTS)('rejects an invalid Idempotency-Key: %s', async (name) => {
    const example = await exampleOf(name);
    const last = await lastEntry();
    for (const key of ['two words', 'k'.repeat(256), 'clé', '']) {
      expectProblem(await send(name, example, { 'idempotency-key': key }), 400, 'VALIDATION_FAILED');
    }
    expect(await auditedSince(last)).toEqual([]);
    const longest = {
      'idempotency-key': `${'~!'.repeat(127)}${String.fromCharCode(65 + POSTS.indexOf(name))}`,
    };
    expect(await send(name, example, longest)).toMatchObject({ status: example.status });
  });
});

describe('a route that changes one record', () => {
  it.each(CHANGES)('rejects a change for another version of the record: %s', async (name) => {
    const example = await exampleOf(name);
    const last = await lastEntry();
    expectProblem(await send(name, example, { 'if-match': '"another state"' }), 412, 'STALE_RECORD');
    expect(await auditedSince(last)).toEqual([]);

    const record = recordOf(name, example);
    const { headers: read } = await admin.get(record);
    const answer = await send(name, example, { 'if-match': String(read['etag']) });
    expect(answer).toMatchObject({ status: example.status });
    expect(answer.headers['etag']).toBe((await admin.get(record)).headers['etag']);
    expect(answer.headers['etag']).not.toBe(read['etag']);
  });
});
