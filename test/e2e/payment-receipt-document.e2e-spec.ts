import { aLease } from '../support/factories.js';
import { LedgerClient } from '../support/ledger-client.js';
import { getPdf, pagesOf } from '../support/pdf.js';
import { expectProblem } from '../support/problem.js';
import type { TestApp } from '../support/test-app.js';
import { startTestApp } from '../support/test-app.js';

let app: TestApp;
let ledger: LedgerClient;

beforeAll(async () => {
  app = await startTestApp({ now: '2025-11-05T09:00:00-05:00', env: { FLEET_NAME: 'Gotham Cabs' } });
  ledger = new LedgerClient(app);
});

afterAll(() => app.close());

const receiptOf = async (postingId: string): Promise<string> => {
  const answer = await getPdf(app, `/ledger/payments/${postingId}/receipt.pdf`, 'MANAGER');
  expect([answer.status, answer.headers['content-type']]).toEqual([200, 'application/pdf']);
  const pages = pagesOf(answer.file);
  expect(pages).toHaveLength(1);
  return pages.join();
};

async function anAccount(): Promise<{ driver_id: number; lease_id: number }> {
  const lease = await aLease(app);
  return { driver_id: lease.driver_id, lease_id: lease.id };
}

describe('the receipt of a payment', () => {
  it('says what was received, when and how, what it paid and what is still owed', async () => {
    const account = await anAccount();
    const other = await aLease(app, { driver_id: account.driver_id });
    await ledger.owe(account, { category: 'EZPASS', amount: '17.38', description: 'Tunnel' });
    const rent = { category: 'LEASE', amount: '1450.00', description: 'Weekly lease' };
    const { reference_id } = await ledger.owe(account, { ...rent, due_date: '2025-11-08' });
    await ledger.owe(
      { driver_id: account.driver_id, lease_id: other.id },
      { category: 'MISC', amount: '5.00' },
    );
    const receipt = { method: 'CHECK', received_on: '2025-11-03', note: 'Paid at the desk' };
    const { posting } = await ledger.pay(account, '600.00', receipt);
    const text = await receiptOf(posting.posting_id);
    for (const part of [
      `Gotham Cabs Payment receipt ${posting.posting_id}`,
      'Received on Nov 3, 2025',
      'Method Check',
      `Reference number ${posting.source_id}`,
      'Note Paid at the desk',
      'Amount received $600.00',
      `Lease ${reference_id} · Weekly lease Nov 8, 2025 582.62 867.38`,
      '· Tunnel',
      'Total 600.00',
      'Still owed under all leases on Nov 5, 2025 $872.38',
    ]) {
      expect(text).toContain(part);
    }
    expect(text).not.toContain('Credit of the driver');
  });

  it('adds up with what was refunded and what is left as credit', async () => {
    const account = await anAccount();
    await ledger.owe(account, { category: 'TLC', amount: '20.00' });
    const { posting } = await ledger.pay(account, '100.00');
    await ledger.refund(account, '30.00');
    const text = await receiptOf(posting.posting_id);
    expect(text).toContain('Refunded to the driver 30.00 Credit of the driver 50.00 Total 100.00');
    expect(text).toContain('A credit belongs to the driver.');
    expect(text).toContain('Nov 5, 2025 $0.00');
  });

  it('of a voided payment says so, and shows nothing paid', async () => {
    const account = await anAccount();
    await ledger.owe(account, { category: 'TLC', amount: '20.00' });
    const { posting } = await ledger.pay(account, '20.00');
    await ledger.void(posting.posting_id, 'Wrong driver');
    const text = await receiptOf(posting.posting_id);
    expect(text).toContain('VOIDED This payment was voided on Nov 5, 2025. It pays nothing any more.');
    expect(text).toContain('Reason for the void Wrong driver');
    expect(text).not.toContain('What it paid');
  });

  it('is saved under its number, and exists only for money that came in', async () => {
    const account = await anAccount();
    const { posting_id: charge } = await ledger.owe(account, { category: 'TLC', amount: '20.00' });
    const { posting } = await ledger.pay(account, '20.00');
    const { headers } = await getPdf(app, `/ledger/payments/${posting.posting_id}/receipt.pdf`);
    expect(headers['content-disposition']).toBe(`inline; filename="receipt-${posting.posting_id}.pdf"`);
    for (const id of [charge, 'LP-2025-999999']) {
      const answer = await app.as('FINANCE').get(`/ledger/payments/${id}/receipt.pdf`);
      expect(expectProblem(answer, 404, 'POSTING_NOT_FOUND').detail).toBe(`There is no payment ${id}.`);
    }
  });
});
