import type { StatementResponse } from '../../src/modules/ledger/statements/statement.response.js';
import type { BorrowerRef } from '../support/borrower-ref.js';
import { LedgerClient } from '../support/ledger-client.js';
import { getPdf, pagesOf } from '../support/pdf.js';
import type { TestApp } from '../support/test-app.js';
import { startTestApp } from '../support/test-app.js';
import { aLedgerAccount } from './support/ledger-account.js';

let app: TestApp;
let ledger: LedgerClient;

beforeEach(async () => {
  app = await startTestApp({ now: '2025-11-05T10:00:00-05:00' });
  ledger = new LedgerClient(app);
});

afterEach(() => app.close());

const pathOf = ({ driver_id, lease_id }: BorrowerRef, week: string, more = ''): string =>
  `/ledger/statements?driver_id=${driver_id}&lease_id=${lease_id}&period_start=${week}${more}`;

const statementOf = async (account: BorrowerRef, week: string, more = ''): Promise<StatementResponse> =>
  (await app.as('MANAGER').get<StatementResponse>(pathOf(account, week, more))).body;

const cash = { source_type: 'CASH', method: 'CASH', received_on: '2025-11-04' };

describe('the money of a weekly statement', () => {
  it('is each payment with date, method and reference, also the part that becomes credit, and each refund', async () => {
    const account = await aLedgerAccount(app);
    await ledger.owe(account, { amount: '40.00' });
    const paid = await ledger.pay(account, '100.00', { ...cash, source_id: 'RECEIPT-7' });
    const refund = await ledger.refund(account, '25.00', { method: 'CHECK', reference: 'CHECK-9' });
    const statement = await statementOf(account, '2025-11-02');
    expect(statement).toMatchObject({
      receipts: [
        {
          posting_id: paid.posting.posting_id,
          kind: 'PAYMENT',
          date: '2025-11-04',
          method: 'CASH',
          reference: 'RECEIPT-7',
          amount: '100.00',
        },
      ],
      total_received: '100.00',
      refunds: [
        {
          posting_id: refund.posting.posting_id,
          kind: 'REFUND',
          date: '2025-11-05',
          method: 'CHECK',
          reference: 'CHECK-9',
          amount: '25.00',
        },
      ],
      total_refunded: '25.00',
      // what was received and refunded changes none of the five figures
      totals: {
        prior_balance: '0.00',
        current_charge: '40.00',
        payment_applied: '40.00',
        adjustment: '0.00',
        balance_forward: '0.00',
      },
      credit: '35.00',
    });
    const text = pagesOf((await getPdf(app, pathOf(account, '2025-11-02', '&format=pdf'))).file).join(' ');
    expect(text).toContain(`${paid.posting.posting_id} Nov 4, 2025 Cash RECEIPT-7 100.00`);
    expect(text).toMatch(/Refunds paid out .* Nov 5, 2025 Check CHECK-9 25\.00/);
  });

  it('remains in its week after a later void, which is a negative line in the week of the void', async () => {
    const account = await aLedgerAccount(app);
    const { posting } = await ledger.pay(account, '60.00', { ...cash, source_id: 'RECEIPT-8' });
    const mistake = await ledger.pay(account, '5.00', { ...cash, source_id: 'RECEIPT-9' });
    await ledger.void(`${mistake.posting.posting_id}`);
    app.clock.advanceDays(7);
    const { reversal } = await ledger.void(`${posting.posting_id}`);
    expect(await statementOf(account, '2025-11-02')).toMatchObject({
      receipts: [{ reference: 'RECEIPT-8', amount: '60.00' }],
      total_received: '60.00',
    });
    expect(await statementOf(account, '2025-11-09')).toMatchObject({
      receipts: [
        { posting_id: reversal.posting_id, date: '2025-11-12', reference: 'RECEIPT-8', amount: '-60.00' },
      ],
      total_received: '-60.00',
      refunds: [],
      total_refunded: '0.00',
    });
    const before = await statementOf(account, '2025-11-09', '&as_of=2025-11-11T00:00:00-05:00');
    expect(before.receipts).toEqual([]);
    const text = pagesOf((await getPdf(app, pathOf(account, '2025-11-09', '&format=pdf'))).file).join(' ');
    expect(text).toContain('Nov 12, 2025 Cash Void of RECEIPT-8 -60.00');
  });

  it('is on the statement of the lease under which it was paid', async () => {
    const account = await aLedgerAccount(app);
    const other = await aLedgerAccount(app, account.driver_id);
    await ledger.pay(account, '60.00', { ...cash, source_id: 'RECEIPT-10' });
    expect(await statementOf(other, '2025-11-02')).toMatchObject({ receipts: [], total_received: '0.00' });
    expect(await statementOf(account, '2025-11-02')).toMatchObject({ total_received: '60.00' });
  });
});
