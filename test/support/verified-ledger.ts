import { LedgerVerificationService } from '../../src/modules/ledger/index.js';
import { aLoan } from './factories.js';
import { saveTables } from './tampering.js';
import { startTestApp } from './test-app.js';
import type { TestApp } from './test-app.js';

/** The seal of the posting LP-2025-000004, as SQL */
export const LAST_SEAL = `(SELECT max(id) FROM ledger_seals WHERE sealed_table = 'ledger_postings')`;

export const HASH_CHANGED = 'was changed after it was written: the hash differs';

/** Differences from sealed states and the audit log, which sealed-tables.int-spec.ts tests */
const BY_OTHER_EVIDENCE = ['sealed state', 'audit log'];

/**
 * A loan of 500.00 in five installments, the first of them posted (LP-2025-000001, LB-2025-000001), a fee of
 * 40.00 (LP-2025-000002, LB-2025-000002), and a payment of 70.00 (LP-2025-000003) that pays 40.00 of
 * the fee and 30.00 of the installment (PA-2025-000001 and 2): block 1 of the chain. Then a fee of 15.00
 * (LP-2025-000004, LB-2025-000003): block 2. Its tables are saved for restoreTables.
 */
export class VerifiedLedger {
  /** The rows that each seal covers, such as "ledger_postings {[4,5)}" */
  private readonly sealedRows = new Map<string, string>();

  private constructor(
    readonly app: TestApp,
    readonly loanId: string,
  ) {}

  static async create(): Promise<VerifiedLedger> {
    const app = await startTestApp({ now: '2025-11-03T09:00:00-05:00' });
    const loan = await aLoan(app);
    const ledger = new VerifiedLedger(app, loan.loan_id);
    const clerk = app.as('FINANCE');
    const terms = { driver_id: loan.driver_id, lease_id: loan.lease_id, payment_period_start: '2025-11-02' };
    const fee = { ...terms, category: 'EZPASS', amount: '40.00', reference_type: 'TOLL' };
    await clerk.post('/loans/installments/post', {});
    await clerk.post('/ledger/obligations', { ...fee, reference_id: 'A' });
    await clerk.post('/ledger/payments', { ...terms, amount: '70.00', source_type: 'PAY', source_id: '1' });
    await ledger.verify();
    await clerk.post('/ledger/obligations', { ...fee, amount: '15.00', reference_id: 'B' });
    await ledger.verify();
    const seals = await app.db.query<{ id: string; rows: string }[]>(
      `SELECT id::text, sealed_table || ' ' || row_ids::text AS rows FROM ledger_seals`,
    );
    for (const { id, rows } of seals) ledger.sealedRows.set(id, rows);
    await saveTables(app.db);
    return ledger;
  }

  verify(head?: string): ReturnType<LedgerVerificationService['verify']> {
    return this.app.get(LedgerVerificationService).verify({ head });
  }

  /** The differences except those in BY_OTHER_EVIDENCE, each as "KIND id message". */
  async differences(): Promise<string[]> {
    const { ok, differences: found, differences_total } = await this.verify();
    expect(ok).toBe(found.length === 0);
    expect(differences_total).toBe(found.length);
    return found
      .filter(({ message }) => !BY_OTHER_EVIDENCE.some((text) => message.includes(text)))
      .map(({ kind, id, message }) => {
        const name = kind === 'SEAL' ? (this.sealedRows.get(id) ?? id) : id;
        return `${kind} ${name} ${message}`;
      });
  }
}
