import { restoreTables, tamper } from '../../support/tampering.js';
import type { TestApp } from '../../support/test-app.js';
import { HASH_CHANGED, LAST_SEAL, VerifiedLedger } from '../../support/verified-ledger.js';

let verified: VerifiedLedger;
let app: TestApp;

beforeAll(async () => {
  verified = await VerifiedLedger.create();
  app = verified.app;
});

afterEach(() => restoreTables(app.db));

afterAll(() => app.close());

const verify = (head?: string) => verified.verify(head);
const differences = () => verified.differences();

describe('the verification of seals and chain', () => {
  it('finds a deleted seal', async () => {
    await tamper(app.db, `DELETE FROM ledger_seals WHERE id = ${LAST_SEAL}`);
    expect(await differences()).toEqual([
      'POSTING LP-2025-000004 is not covered by a seal',
      'SEAL ledger_postings {[4,5)} is missing, but a link of the chain contains it',
      'CHAIN_LINK 2 its seals differ from the seals that it linked',
    ]);
  });

  it('finds a changed posting with a recomputed hash and seal through the chain', async () => {
    await tamper(
      app.db,
      `UPDATE ledger_postings SET description = 'another' WHERE posting_id = 'LP-2025-000004'`,
      `UPDATE ledger_postings p SET row_hash = row_hash_of(p) WHERE posting_id = 'LP-2025-000004'`,
      `UPDATE ledger_seals SET rows_hash = (SELECT sha256(row_hash) FROM ledger_postings
         WHERE posting_id = 'LP-2025-000004') WHERE id = ${LAST_SEAL}`,
    );
    expect(await differences()).toEqual(['CHAIN_LINK 2 its seals differ from the seals that it linked']);
  });

  it('finds a chain block that was deleted from the middle', async () => {
    await tamper(app.db, 'DELETE FROM ledger_chain WHERE link_number = 1');
    const found = await differences();
    expect(found).toContain('SEAL ledger_postings {[1,2)} is not in the chain as often as it must be');
    expect(found).toContain('SEAL payment_allocations {[1,3)} is not in the chain as often as it must be');
    expect(found).not.toContain('SEAL ledger_postings {[4,5)} is not in the chain as often as it must be');
    expect(found).toContain('CHAIN_LINK 2 does not continue from the previous link');
  });

  it('finds a changed chain block', async () => {
    await tamper(
      app.db,
      `UPDATE ledger_chain SET linked_at = linked_at + interval '1 day' WHERE link_number = 1`,
    );
    expect(await differences()).toEqual([`CHAIN_LINK 1 ${HASH_CHANGED}`]);
  });

  it('finds a seal that was marked to be linked a second time', async () => {
    await tamper(app.db, `UPDATE ledger_seals SET is_linked = false WHERE id = ${LAST_SEAL}`);
    expect(await differences()).toEqual([
      'SEAL ledger_postings {[4,5)} is not in the chain as often as it must be',
    ]);
  });

  it('finds a completely recomputed chain through a stored head', async () => {
    const { chain_head: storedHead } = await verify();
    await tamper(
      app.db,
      `DELETE FROM ledger_chain`,
      `UPDATE ledger_seals SET is_linked = false`,
      `UPDATE ledger_postings SET description = 'another' WHERE posting_id = 'LP-2025-000004'`,
      `UPDATE ledger_postings p SET row_hash = row_hash_of(p) WHERE posting_id = 'LP-2025-000004'`,
      `UPDATE ledger_seals SET rows_hash = (SELECT sha256(row_hash) FROM ledger_postings
         WHERE posting_id = 'LP-2025-000004') WHERE id = ${LAST_SEAL}`,
    );
    expect(await differences()).toEqual([]);
    const { ok, differences: found } = await verify(storedHead ?? '');
    expect(ok).toBe(false);
    expect(found).toEqual([
      {
        kind: 'CHAIN_LINK',
        id: '2',
        message: 'is not the link of the given head',
        expected: storedHead,
        actual: null,
      },
    ]);
  });

  it('accepts a stored head that is still in the chain, also below newer blocks', async () => {
    const [{ head }] = await app.db.query<[{ head: string }]>(
      `SELECT link_number || ':' || encode(hash, 'hex') AS head FROM ledger_chain WHERE link_number = 1`,
    );
    expect(await verify(head)).toMatchObject({ ok: true, differences: [] });
  });
});
