import type { LoanDetailResponse } from '../../src/modules/loans/overview/loan.response.js';
import { InstallmentPostingRepository } from '../../src/modules/loans/posting/installment-posting.repository.js';
import type { ApiAnswer, ApiClient } from '../support/api-client.js';
import { aDriver, aLease, aLoan } from '../support/factories.js';
import { expectProblem } from '../support/problem.js';
import type { TestApp } from '../support/test-app.js';
import { startTestApp } from '../support/test-app.js';
import { aUser, signIn } from '../support/users.js';
import { waitForLockWaiters } from '../support/wait-for.js';

let app: TestApp;
let finance: ApiClient;

beforeAll(async () => {
  app = await startTestApp({ now: '2025-11-02T06:00:00-05:00', env: { POSTING_WORKERS: '1' } });
  finance = app.as('FINANCE');
});

afterAll(() => app.close());

afterEach(() => jest.restoreAllMocks());

const tagOf = async (path: string): Promise<string> => String((await finance.get(path)).headers['etag']);

const edit = (loanId: string, purpose: string, ifMatch?: string): Promise<ApiAnswer<LoanDetailResponse>> =>
  finance.patch(`/loans/${loanId}`, { purpose }, ifMatch === undefined ? {} : { 'if-match': ifMatch });

const RECORDS: Readonly<Record<string, () => Promise<string>>> = {
  loan: async () => `/loans/${(await aLoan(app)).loan_id}`,
  driver: async () => `/drivers/${(await aDriver(app)).id}`,
  lease: async () => `/leases/${(await aLease(app)).id}`,
};

describe.each(Object.keys(RECORDS))('the ETag of a %s', (kind) => {
  let path: string;

  beforeAll(async () => {
    path = await RECORDS[kind]!();
  });

  it('is strong, and stable while nothing changes', async () => {
    const tag = await tagOf(path);
    expect(tag).toMatch(/^"[\w-]{43}"$/);
    expect(await tagOf(path)).toBe(tag);
  });

  it('leads to 304 if the client has the current version', async () => {
    const tag = await tagOf(path);
    for (const known of [tag, `W/${tag}`, `"other", ${tag}`, '*']) {
      const answer = await finance.get<unknown>(path, { 'if-none-match': known });
      expect(answer).toMatchObject({ status: 304, body: '', headers: { etag: tag } });
      expect(answer.headers['content-type']).toBeUndefined();
      expect(answer.headers['content-length']).toBeUndefined();
    }
  });

  it('leads to 200 if the client has another version', async () => {
    for (const known of ['"other"', 'no tag', '']) {
      const answer = await finance.get(path, { 'if-none-match': known });
      expect(answer.status).toBe(200);
    }
  });
});

describe('the ETag of a loan', () => {
  it('changes when an installment is posted, paid or due', async () => {
    const loan = await aLoan(app, { start_week: '2025-11-09' });
    const path = `/loans/${loan.loan_id}`;
    const tags = [await tagOf(path)];
    app.clock.set('2025-11-09T06:00:00-05:00');
    tags.push(await tagOf(path));
    await finance.post('/loans/installments/post', { loan_id: loan.loan_id });
    tags.push(await tagOf(path));
    await finance.post('/ledger/payments', {
      driver_id: loan.driver_id,
      lease_id: loan.lease_id,
      amount: '40.00',
      payment_period_start: '2025-11-09',
      source_type: 'WEEKLY_EARNINGS',
      source_id: loan.loan_id,
    });
    tags.push(await tagOf(path));
    expect(new Set(tags).size).toBe(4);
    app.clock.set('2025-11-02T06:00:00-05:00');
  });
});

describe('the ETag of a user', () => {
  it('changes with a sign-in, but still allows an edit of the user', async () => {
    const admin = app.as('ADMIN');
    const { id, email } = await aUser(app, 'FINANCE');
    const path = `/users/${id}`;
    const tag = async () => String((await admin.get(path)).headers['etag']);
    const before = await tag();
    await signIn(app, email);
    expect(await tag()).not.toBe(before);
    expect((await admin.get(path, { 'if-none-match': before })).status).toBe(200);
    expect((await admin.get(path, { 'if-none-match': await tag() })).status).toBe(304);
    const rename = (name: string) => admin.patch(path, { name }, { 'if-match': before });
    expect((await rename('Maria')).status).toBe(200);
    expectProblem(await rename('Marie'), 412, 'STALE_RECORD');
  });
});

describe('a change with If-Match', () => {
  it('is accepted for the current version, and returns the tag for the next change', async () => {
    const { loan_id } = await aLoan(app);
    const first = await edit(loan_id, 'Rent', await tagOf(`/loans/${loan_id}`));
    expect(first.status).toBe(200);
    const second = await edit(loan_id, 'Tyres', String(first.headers['etag']));
    expect(second).toMatchObject({ status: 200, body: { purpose: 'Tyres' } });
  });

  it('is rejected for an outdated version, and changes nothing', async () => {
    const { loan_id } = await aLoan(app);
    const read = await tagOf(`/loans/${loan_id}`);
    await edit(loan_id, 'Rent');
    expectProblem(await edit(loan_id, 'Tyres', read), 412, 'STALE_RECORD');
    const hold = { status: 'ON_HOLD', reason: 'Driver is in hospital' };
    const rejected = await finance.put(`/loans/${loan_id}/status`, hold, { 'if-match': read });
    expectProblem(rejected, 412, 'STALE_RECORD');
    expect((await finance.get(`/loans/${loan_id}`)).body).toMatchObject({
      purpose: 'Rent',
      status: 'ACTIVE',
    });
  });

  it('accepts a list of tags and the asterisk, and matches nothing else', async () => {
    const { loan_id } = await aLoan(app);
    const tag = () => tagOf(`/loans/${loan_id}`);
    expect((await edit(loan_id, 'one', `"other", ${await tag()}`)).status).toBe(200);
    expect((await edit(loan_id, 'two', '*')).status).toBe(200);
    for (const wrong of [`${await tag()}`.slice(1, -1), 'no tag', '"', '', '"-gzip"']) {
      expectProblem(await edit(loan_id, 'three', wrong), 412, 'STALE_RECORD');
    }
  });

  it('accepts a tag that a compressing proxy has modified', async () => {
    const { loan_id } = await aLoan(app);
    const marks = [
      (tag: string) => `W/${tag}`,
      (tag: string) => tag.replace(/"$/, '-gzip"'),
      (tag: string) => `W/${tag.replace(/"$/, '-br"')}`,
      (tag: string) => tag.replace(/"$/, ';gzip"'),
    ];
    for (const [number, mark] of marks.entries()) {
      const tag = mark(await tagOf(`/loans/${loan_id}`));
      expect((await edit(loan_id, `edit ${number}`, tag)).status).toBe(200);
      expectProblem(await edit(loan_id, 'late', tag), 412, 'STALE_RECORD');
    }
  });

  it('returns 404 for a missing record, even with the asterisk', async () => {
    expectProblem(await edit('DL-2025-9999', 'Rent', '*'), 404, 'LOAN_NOT_FOUND');
    const patch = await finance.patch('/drivers/999999', { phone: null }, { 'if-match': '"x"' });
    expectProblem(patch, 404, 'DRIVER_NOT_FOUND');
  });

  it.each(Object.keys(RECORDS))('is accepted once of many with the same tag: a %s', async (kind) => {
    const path = await RECORDS[kind]!();
    const headers = { 'if-match': await tagOf(path) };
    const body = {
      loan: { purpose: 'Rent' },
      driver: { phone: '+1 212 555 0142' },
      lease: { status: 'EXPIRED' },
    }[kind];
    const answers = await Promise.all(Array.from({ length: 6 }, () => finance.patch(path, body, headers)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412, 412, 412]);
  });

  it('waits for a running posting, and detects its change', async () => {
    const { loan_id } = await aLoan(app);
    const read = await tagOf(`/loans/${loan_id}`);
    const posting = app.get(InstallmentPostingRepository);
    const postBatch = posting.postBatch.bind(posting);
    let edited: Promise<ApiAnswer<LoanDetailResponse>> | undefined;
    jest.spyOn(posting, 'postBatch').mockImplementationOnce(async (...asked) => {
      const posted = await postBatch(...asked);
      edited = edit(loan_id, 'Rent', read);
      await waitForLockWaiters(app.db, 1);
      return posted;
    });
    const { body } = await finance.post('/loans/installments/post', { loan_id });
    expect(body).toMatchObject({ installments_posted: 1 });
    expectProblem(await edited!, 412, 'STALE_RECORD');
  });
});
