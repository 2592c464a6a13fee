import net from 'node:net';
import type { AddressInfo } from 'node:net';
import { InstallmentPostingRepository } from '../../src/modules/loans/posting/installment-posting.repository.js';
import { aDriver, aDriverWithLease, aLoan } from '../support/factories.js';
import type { TestApp } from '../support/test-app.js';
import { startTestApp } from '../support/test-app.js';

type Line = Readonly<Record<string, unknown>>;

const REQUEST_ID = 'request-of-the-tests-1';
const PASSWORD = 'a pass phrase for one reader';
const PERSON = {
  first_name: 'Ngozi',
  last_name: 'Okonkwo-Adeyemi',
  email: 'ngozi.okonkwo@driver.example',
  phone: '+1 212 555 0187',
  tlc_license_number: '5877301',
};

describe('the log', () => {
  let app: TestApp;
  let text = '';

  const lines = (): Line[] =>
    text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Line);
  const of = (requestId: string): Line[] => lines().filter((line) => line['request_id'] === requestId);
  const userId = async (): Promise<number> =>
    (await app.as('FINANCE').get<{ id: number }>('/auth/me')).body.id;

  beforeAll(async () => {
    app = await startTestApp({ env: { LOG_LEVEL: 'trace' }, onLogLine: (line) => (text += line) });
    await app.app.listen(0, '127.0.0.1');
  });

  beforeEach(() => {
    text = '';
  });

  afterAll(() => app.close());

  it('contains the request id and user id in every line of a request, including service lines', async () => {
    const id = await userId();
    const { driver, lease } = await aDriverWithLease(app);
    text = '';
    const loan = {
      driver_id: driver.id,
      lease_id: lease.id,
      loan_amount: '500.00',
      start_week: '2025-10-26',
    };
    const answer = await app
      .as('FINANCE')
      .post<{ loan_id: string }>('/loans', loan, { 'x-request-id': REQUEST_ID });
    expect(answer.status).toBe(201);
    expect(of(REQUEST_ID)).toEqual([
      expect.objectContaining({
        context: 'loans',
        event: 'loan.created',
        loan_id: answer.body.loan_id,
        user_id: id,
      }),
      expect.objectContaining({
        msg: 'request completed',
        user_id: id,
        req: { method: 'POST', path: '/api/v1/loans' },
        res: { status: 201 },
      }),
    ]);
    expect(lines()).toHaveLength(2);
  });

  it('contains them also when the body arrives after the headers', async () => {
    const token = await app.as('FINANCE').accessToken();
    const { driver, lease } = await aDriverWithLease(app);
    const body = JSON.stringify({
      driver_id: driver.id,
      lease_id: lease.id,
      loan_amount: '500.00',
      start_week: '2025-10-26',
    });
    text = '';
    const answer = await sendInTwo(
      (app.app.getHttpServer().address() as AddressInfo).port,
      [
        'POST /api/v1/loans HTTP/1.1',
        'host: 127.0.0.1',
        'connection: close',
        'content-type: application/json',
        `content-length: ${body.length}`,
        `authorization: Bearer ${token}`,
        `x-request-id: ${REQUEST_ID}`,
      ],
      body,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 201 /);
    expect(of(REQUEST_ID).map(({ event, msg, user_id }) => [event ?? msg, typeof user_id])).toEqual([
      ['loan.created', 'number'],
      ['request completed', 'number'],
    ]);
  });

  it('identifies the user of a rejected request, and the error response identifies the request', async () => {
    const id = await userId();
    const answer = await app.as('FINANCE').get('/audit', { 'x-request-id': REQUEST_ID });
    expect(answer.body).toMatchObject({ code: 'PERMISSION_MISSING', request_id: REQUEST_ID });
    expect(of(REQUEST_ID)).toEqual([expect.objectContaining({ user_id: id, res: { status: 403 } })]);
  });

  it('contains the stack of an internal error, and the response does not', async () => {
    await app.db.query('ALTER TABLE medallions RENAME TO medallions_away');
    try {
      const answer = await app.as('FINANCE').get('/leases?q=Okonkwo', { 'x-request-id': REQUEST_ID });
      expect(answer.status).toBe(500);
      expect(answer.body).toMatchObject({ code: 'INTERNAL_ERROR', request_id: REQUEST_ID });
      expect(JSON.stringify(answer.body)).not.toMatch(/medallions|\bat |\.ts|SELECT/);
      const [fault] = of(REQUEST_ID);
      expect(fault).toMatchObject({ level: 50, err: { type: 'QueryFailedError', code: '42P01' } });
      expect(fault?.['err']).toHaveProperty('stack', expect.stringMatching(/\n\s+at /));
      expect(text).not.toContain('Okonkwo');
    } finally {
      await app.db.query('ALTER TABLE medallions_away RENAME TO medallions');
    }
  });

  it('contains the run id for a run that stops and for an installment that is rejected', async () => {
    const loan = await aLoan(app, { loan_amount: '155.55' });
    const refuse = 'ADD CONSTRAINT ck_no_such_amount CHECK (amount <> 155.55) NOT VALID';
    await app.db.query(`ALTER TABLE ledger_postings ${refuse}`);
    text = '';
    const post = () =>
      app.as('FINANCE').post<{ run_id: number }>('/loans/installments/post', { loan_id: loan.loan_id });
    const { run_id } = (await post()).body;
    await app.db.query('ALTER TABLE ledger_postings DROP CONSTRAINT ck_no_such_amount');
    jest
      .spyOn(app.get(InstallmentPostingRepository), 'planBatches')
      .mockRejectedValueOnce(new Error('broken'));
    expect((await post()).status).toBe(500);
    const logged = lines().filter(({ context }) => context === 'loans');
    expect(logged).toEqual([
      expect.objectContaining({ event: 'posting.started', run_id, trigger: 'API', loan_id: loan.loan_id }),
      expect.objectContaining({ event: 'posting.installment_refused', run_id, level: 50 }),
      expect.objectContaining({ event: 'posting.completed', run_id, errors: 1 }),
      expect.objectContaining({ event: 'posting.started', run_id: run_id + 1 }),
      expect.objectContaining({ event: 'posting.stopped', run_id: run_id + 1, level: 50 }),
    ]);
    expect(logged.every(({ request_id, user_id }) => request_id !== undefined && user_id !== undefined)).toBe(
      true,
    );
  });

  it('contains one line per action in the life of a loan, and no line for dry runs and repeated requests', async () => {
    const { loan_id } = await aLoan(app);
    text = '';
    for (const status of ['ON_HOLD', 'ACTIVE']) {
      for (const dry_run of [true, false]) {
        const change = { status, reason: `Asked for by ${PERSON.last_name}`, dry_run };
        expect((await app.as('FINANCE').put(`/loans/${loan_id}/status`, change)).status).toBe(200);
      }
    }
    const once = { 'idempotency-key': 'life-of-a-loan-1' };
    for (const headers of [once, once]) {
      expect((await app.as('FINANCE').post(`/loans/${loan_id}/payoff`, {}, headers)).status).toBe(200);
    }
    const reason = { reason: `${PERSON.last_name} has left` };
    expect((await app.as('ADMIN').post(`/loans/${loan_id}/write-off`, reason)).status).toBe(200);
    const logged = lines().filter(({ context }) => context === 'loans');
    expect(logged.map(({ event, status }) => [event, status])).toEqual([
      ['loan.status_changed', 'ON_HOLD'],
      ['loan.status_changed', 'ACTIVE'],
      ['loan.paid_off', 'ACTIVE'],
      ['loan.written_off', 'CLOSED'],
    ]);
    expect(logged.every((line) => line['loan_id'] === loan_id)).toBe(true);
    expect(text).not.toContain(PERSON.last_name);
  });

  it('contains no secret and no personal data, whatever is requested, rejected or broken', async () => {
    const token = await app.as('ADMIN').accessToken();
    for (const password of [PASSWORD, 'correct horse battery staple']) {
      await app.anonymous.post('/auth/login', { email: PERSON.email, password });
    }
    const made = await app.as('ADMIN').post<{ id: number }>('/drivers', PERSON);
    expect(made.status).toBe(201);
    // the same license again: the PostgreSQL error detail would contain it
    await app.as('ADMIN').post('/drivers', PERSON);
    await app.as('ADMIN').get(`/drivers?q=${PERSON.last_name}`);
    await app.as('ADMIN').get(`/drivers?q=${PERSON.tlc_license_number}`);
    await app.as('ADMIN').post('/drivers', { ...PERSON, email: [PERSON.email], phone: 7 });
    await aLoan(app, { purpose: `for ${PERSON.last_name}`, notes: PERSON.phone });
    await brokenDriverWrite();
    await app.anonymous.get('/auth/me', { authorization: `Bearer ${token}x` });
    const secrets = [
      ...Object.values(PERSON),
      PASSWORD,
      'correct horse',
      String(token),
      String(token).split('.')[2],
    ];
    expect(secrets.filter((secret) => text.includes(String(secret)))).toEqual([]);
    expect(text).not.toMatch(/\w@\w+\.|\$argon2|Bearer|authorization|cookie/i);
    expect(lines().some(({ level }) => level === 50)).toBe(true);
  });

  /** A write that fails in the database, with its parameters in the error */
  async function brokenDriverWrite(): Promise<void> {
    const { id } = await aDriver(app);
    await app.db.query(
      `ALTER TABLE drivers ADD CONSTRAINT ck_broken CHECK (last_name <> 'Broken') NOT VALID`,
    );
    try {
      const answer = await app
        .as('ADMIN')
        .patch(`/drivers/${id}`, { first_name: PERSON.first_name, last_name: 'Broken', email: PERSON.email });
      expect(answer.status).toBe(500);
    } finally {
      await app.db.query('ALTER TABLE drivers DROP CONSTRAINT ck_broken');
    }
  }
});

/** Sends headers and body in two packets, the second after the server has received the first. */
async function sendInTwo(port: number, head: readonly string[], body: string): Promise<string> {
  const socket = net.connect(port, '127.0.0.1');
  let answer = '';
  socket.setEncoding('utf8').on('data', (text: string) => (answer += text));
  const closed = new Promise((resolve) => socket.once('close', resolve));
  // "expect" makes the server confirm that it has read the headers
  const continued = new Promise((resolve) => socket.once('data', resolve));
  socket.write(`${[...head, 'expect: 100-continue'].join('\r\n')}\r\n\r\n`);
  await continued;
  socket.write(body);
  await closed;
  return answer.replace(/^HTTP\/1\.1 100 Continue\r\n\r\n/, '');
}
