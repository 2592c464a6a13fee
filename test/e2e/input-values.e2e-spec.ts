import type { ApiAnswer } from '../support/api-client.js';
import { filledIn } from '../support/operations.js';
import { expectFieldErrors, expectProblem } from '../support/problem.js';
import {
  app,
  borrower,
  finance,
  operations,
  send,
  sendText,
  useOperations,
} from './support/requests-fixture.js';

useOperations();

const NEW_LOAN = { loan_amount: '100.00', start_week: '2025-11-02' };

/** A valid body for each write with an amount, with its path and the name of its amount. */
const moneyWrites = (): [path: string, amount: string, body: object][] => [
  ['/loans/preview', 'loan_amount', NEW_LOAN],
  ['/loans', 'loan_amount', { ...borrower, ...NEW_LOAN }],
  [
    '/ledger/obligations',
    'amount',
    {
      ...borrower,
      category: 'LEASE',
      amount: '5.00',
      reference_type: 'LEASE_FEE',
      reference_id: 'X',
      payment_period_start: '2025-10-26',
    },
  ],
  [
    '/ledger/payments',
    'amount',
    {
      ...borrower,
      amount: '5.00',
      payment_period_start: '2025-10-26',
      source_type: 'EARNINGS',
      source_id: 'X',
    },
  ],
];

describe('an amount', () => {
  it.each([
    ['"0.001"'],
    ['0.001'],
    ['"1.005"'],
    ['0.30000000000000004'],
    ['"NaN"'],
    ['"Infinity"'],
    ['"-Infinity"'],
    ['"1e3"'],
    ['"1E3"'],
    ['1e-7'],
    ['"-1"'],
    ['-1'],
    ['"-0.00"'],
    ['"+1"'],
    ['"1,000.00"'],
    ['"$5"'],
    ['"0x10"'],
    ['"1."'],
    ['".5"'],
    ['" 1"'],
    ['"1\\n"'],
    ['""'],
    ['"\u0661"'],
    ['"\uff11"'],
    ['12345678901'],
    ['true'],
    ['null'],
    ['["1.00"]'],
    ['{"amount":"1.00"}'],
  ])('is rejected as %s', async (json) => {
    for (const [path, amount, body] of moneyWrites()) {
      const text = JSON.stringify({ ...body, [amount]: 'HERE' }).replace('"HERE"', json);
      const problem = expectFieldErrors(await sendText(path, text), amount);
      expect(problem.errors).toEqual([
        {
          field: amount,
          message: `${amount} must be an amount such as "1500.00": digits, and at most two decimals after a point; no currency sign, no commas`,
        },
      ]);
    }
  });

  it.each([['"10.001"'], ['"-1"'], ['"1e1"'], ['"ten"'], ['1e400'], ['[]'], ['null'], ['"10%"']])(
    'of interest is rejected as %s',
    async (json) => {
      const text = JSON.stringify({ ...NEW_LOAN, interest_rate: 'HERE' }).replace('"HERE"', json);
      expectFieldErrors(await sendText('/loans/preview', text), 'interest_rate');
    },
  );
});

describe('a date', () => {
  it.each([
    '2025-02-29',
    '2025-13-01',
    '2025-11-31',
    '2025-00-10',
    '0000-01-02',
    '2025-11-2',
    '20251102',
    '02.11.2025',
    '11/02/2025',
    '2025-11-02T00:00:00Z',
    ' 2025-11-02',
    '+002025-11-02',
    '２０２５-11-02',
    'tomorrow',
    '',
    null,
    1_762_041_600,
    ['2025-11-02'],
  ])('is rejected as %j', async (date) => {
    const answer = await finance.post('/loans/preview', { ...NEW_LOAN, start_week: date });
    expect(expectFieldErrors(answer, 'start_week').detail).toBe(
      'start_week must be a valid date in the form YYYY-MM-DD.',
    );
    if (typeof date !== 'string') return;
    expectFieldErrors(await finance.get(`/loans?date_from=${encodeURIComponent(date)}`), 'date_from');
  });
});

describe('harmful text', () => {
  const HARMFUL: [what: string, text: string][] = [
    ['a NUL', '\u0000'],
    ['a NUL between letters', 'a\u0000b'],
    ['escape codes', '\u0001\u001b[2J'],
    ['a header', '\r\nX-Injected: 1'],
    ['invalid code points', '\ufffe\uffff'],
    ['bidirectional control characters', '\u202e\u200d'],
    ['emoji', '😀'.repeat(15)],
    ['SQL', "'; DROP TABLE driver_loans; --"],
    ['templates', '${7*7}{{7*7}}%s%n'],
    ['a path traversal', '../../etc/passwd'],
    ['a script', '<script>alert(1)</script>'],
    ['wildcards', '%_\\'],
  ];

  /** Any response except an internal error; every error is a problem document. */
  const expectNoHarm = (answer: ApiAnswer<unknown>, where: string): void => {
    expect(`${answer.status} ${where}`).toMatch(/^(200|201|400|404|409) /);
    if (answer.status >= 400) expectProblem(answer, answer.status, (answer.body as { code: string }).code);
    expect(answer.headers['x-injected']).toBeUndefined();
  };

  it.each(HARMFUL)('does no harm in a path: %s', async (_, text) => {
    for (const operation of operations.filter(({ path }) => path.includes('{'))) {
      const path = filledIn(operation, encodeURIComponent(text));
      expectNoHarm(await send(app.as('ADMIN'), operation, path), `${operation.method} ${operation.path}`);
    }
  });

  it.each(HARMFUL)('does no harm in a query: %s', async (_, text) => {
    for (const operation of operations.filter(({ method }) => method === 'GET')) {
      for (const field of operation.queryFields) {
        const path = `${filledIn(operation, '1')}?${field}=${encodeURIComponent(text)}`;
        expectNoHarm(await app.as('ADMIN').get(path), `${operation.path} ${field}`);
      }
    }
  });

  it.each([...HARMFUL, ['half of an emoji', '\ud83d']])(
    'does no harm in a body: %s',
    async (_, text = '') => {
      for (const [path, , body] of moneyWrites()) {
        for (const field of [...Object.keys(body), 'purpose', 'notes', 'description', text]) {
          expectNoHarm(await finance.post(path, { ...body, [field]: text }), `${path} ${field}`);
        }
      }
    },
  );
});
