import fc from 'fast-check';
import type { LoanDetailResponse } from '../../../src/modules/loans/http/loan.response.js';
import type { ApiAnswer, ApiClient } from '../../support/api-client.js';
import { aLoan } from '../../support/factories.js';
import { expectSoundLoan, expectTransactionsAgree } from '../../support/loan-books.js';
import { startTestApp } from '../../support/test-app.js';
import type { TestApp } from '../../support/test-app.js';
import { voidCredit } from '../../support/void-credit.js';

/** Enough lives to meet each step after each other one, few enough for half a minute */
const LIVES = 25;

let app: TestApp;
let finance: ApiClient;
let payments = 0;

beforeAll(async () => {
  app = await startTestApp({ now: '2025-11-02T08:00:00-05:00' });
  finance = app.as('FINANCE');
});

afterAll(() => app.close());

/** A loan in the middle of its life, and the CREDITs that could still be taken back. */
interface Life {
  readonly loan: LoanDetailResponse;
  readonly credits: string[];
}

type Answer = ApiAnswer<Record<string, unknown>>;

const source = () => ({ source_type: 'LIFE', source_id: `P-${(payments += 1)}` });
const dollars = (cents: number) => (cents / 100).toFixed(2);

const pathOf = ({ loan }: Life, step: string) => `/loans/${loan.loan_id}/${step}`;
const setStatus = (life: Life, body: object) =>
  finance.put(pathOf(life, 'status'), { reason: 'Agreed', ...body });

async function pay(life: Life, cents: number): Promise<Answer> {
  const answer = await finance.post('/ledger/payments', {
    driver_id: life.loan.driver_id,
    lease_id: life.loan.lease_id,
    amount: dollars(cents),
    payment_period_start: app.clock.currentWeek().start,
    ...source(),
  });
  life.credits.push((answer.body.posting as { posting_id: string }).posting_id);
  return answer;
}

async function keepCredit(life: Life, field: string, call: Promise<Answer>): Promise<Answer> {
  const answer = await call;
  const postingId = answer.body[field];
  if (typeof postingId === 'string') life.credits.push(postingId);
  return answer;
}

const STEPS: Readonly<Record<string, (life: Life, amount: number) => Promise<Answer | void>>> = {
  post: ({ loan }) =>
    finance.post('/loans/installments/post', {
      loan_id: loan.loan_id,
      payment_period_start: loan.start_week,
      payment_period_end: app.clock.currentWeek().end,
    }),
  wait: (_, amount) => Promise.resolve(app.clock.advanceDays(1 + (amount % 20))),
  pay: (life, amount) => pay(life, amount),
  hold: (life) => setStatus(life, { status: 'ON_HOLD' }),
  resume: (life, amount) => setStatus(life, { status: 'ACTIVE', waive_interest: amount % 2 === 0 }),
  cancel: (life) => setStatus(life, { status: 'CANCELLED' }),
  payOff: (life) => finance.post(pathOf(life, 'payoff'), {}),
  payOffWithMoney: (life, amount) =>
    keepCredit(
      life,
      'payment_posting_id',
      finance.post(pathOf(life, 'payoff'), { payment: { amount: dollars(amount), ...source() } }),
    ),
  writeOff: (life) =>
    keepCredit(life, 'posting_id', app.as('ADMIN').post(pathOf(life, 'write-off'), { reason: 'Gone' })),
  unpost: async ({ loan }) => {
    const [debit] = await app.db.query<{ posting_id: string }[]>(
      `SELECT p.posting_id FROM ledger_postings p JOIN loan_schedules s ON s.installment_id = p.source_id
       WHERE s.loan_id = $1 AND p.status = 'POSTED' ORDER BY p.id DESC LIMIT 1`,
      [loan.loan_id],
    );
    if (debit) return finance.post(`/ledger/postings/${debit.posting_id}/void`, { reason: 'Mistake' });
  },
  takeBack: async ({ credits }, amount) => {
    const [credit] = credits.splice(amount % Math.max(1, credits.length), 1);
    if (credit !== undefined) await voidCredit(app, credit);
  },
};

const anyStep = fc.tuple(
  fc.constantFrom(...Object.keys(STEPS), 'post', 'post', 'pay', 'takeBack'),
  fc.integer({ min: 1, max: 120_000 }),
);
const anyLife = fc.record({
  amount: fc.integer({ min: 1_00, max: 4_000_00 }),
  rate: fc.integer({ min: 0, max: 20_00 }),
  steps: fc.array(anyStep, { minLength: 3, maxLength: 12 }),
});

describe('whatever happens to a loan', () => {
  it('its principal, its installments, its balances and its transactions hold together after every step', async () => {
    await fc.assert(
      fc.asyncProperty(anyLife, async ({ amount, rate, steps }) => {
        const loan = await aLoan(app, { loan_amount: dollars(amount), interest_rate: dollars(rate) });
        const life = { loan, credits: [] };
        for (const [name, size] of steps) {
          const answer = await STEPS[name]?.(life, size);
          expect([undefined, 200, 201, 400, 409]).toContain(answer?.status);
          await expectSoundLoan(app.db, loan.loan_id);
          await expectTransactionsAgree(app, loan.loan_id);
        }
      }),
      { numRuns: LIVES },
    );
  });
});
