import { LedgerVerificationService } from '../../../src/modules/ledger/index.js';
import { SealRepository } from '../../../src/modules/ledger/integrity/seal.repository.js';
import { SealLinkingService } from '../../../src/modules/ledger/integrity/seal-linking.service.js';
import { Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AppConfig } from '../../../src/platform/config/app-config.js';
import { ChainHeadJob } from '../../../src/modules/ledger/integrity/chain-head.job.js';
import { SealLinkingJob } from '../../../src/modules/ledger/integrity/seal-linking.job.js';
import { SealTheLedger1763900300000 } from '../../../migrations/1763900300000-seal-the-ledger.js';
import { dataSourceOptions } from '../../../src/platform/database/data-source-options.js';
import { grantToService } from '../../../src/platform/database/roles/service-grants.js';
import { Transactions } from '../../../src/platform/database/transactions.js';
import { aDriverWithLease, aLease, aLoan } from '../../support/factories.js';
import { seedDueInstallments } from '../../support/seed-due-installments.js';
import { postInBatchesOf } from '../../support/posting-batches.js';
import { auditInsertedPostings } from '../../support/tampering.js';
import { asOwnerUrl } from '../../support/test-database.js';
import { startTestApp } from '../../support/test-app.js';
import type { TestApp } from '../../support/test-app.js';
import { waitForLockWaiters } from '../../support/wait-for.js';
import { LedgerClient } from '../../support/ledger-client.js';

const WEEK = '2025-11-02';

let app: TestApp;
let ledger: LedgerClient;

beforeEach(async () => {
  app = await startTestApp({ now: '2025-11-03T09:00:00-05:00' });
  ledger = new LedgerClient(app);
});

afterEach(() => app.close());

const verify = () => app.get(LedgerVerificationService).verify();

/** Reverts the migrations down to and including the named one, and applies them again to the existing rows. */
async function migrateAgainFrom(name: string): Promise<void> {
  const url = asOwnerUrl(app.databaseUrl);
  const owner = await new DataSource(dataSourceOptions({ url, poolSize: 1 })).initialize();
  try {
    const [{ count }] = await owner.query<[{ count: number }]>(
      `SELECT count(*)::integer AS count FROM schema_migrations
       WHERE id >= (SELECT id FROM schema_migrations WHERE name = $1)`,
      [name],
    );
    expect(count).toBeGreaterThan(1);
    for (let left = count; left > 0; left -= 1) await owner.undoLastMigration({ transaction: 'each' });
    expect(await owner.runMigrations({ transaction: 'each' })).toHaveLength(count);
  } finally {
    await owner.destroy();
  }
}

/** Excludes the seals of the audit log and similar tables. */
const OF_LEDGER = `sealed_table IN ('ledger_postings', 'payment_allocations')`;

const sealCount = async (): Promise<{ seals: number; linked: number; links: number }> => {
  const [row] = await app.db.query<[{ seals: number; linked: number; links: number }]>(
    `SELECT count(*)::integer AS seals, (count(*) FILTER (WHERE is_linked))::integer AS linked,
            (SELECT count(*)::integer FROM ledger_chain) AS links
     FROM ledger_seals WHERE ${OF_LEDGER}`,
  );
  return row;
};

describe('a seal', () => {
  it('is written once for each writing statement of a posting batch, an obligation and a payment', async () => {
    await seedDueInstallments(app.db, { loans: 5, installments: 1, startWeek: WEEK });
    postInBatchesOf(app, 2);
    app.get(AppConfig).POSTING_WORKERS = 1;
    await app.as('FINANCE').post('/loans/installments/post', {});
    const [parties] = await app.db.query<[{ driver_id: number; lease_id: number }]>(
      'SELECT driver_id, lease_id FROM driver_loans LIMIT 1',
    );
    await ledger.pay(parties, '2000.00');
    const seals = await app.db.query<unknown[]>(
      `SELECT sealed_table, row_ids::text, row_count, total_amount,
              (SELECT sha256(string_agg(row_hash, '' ORDER BY id)) FROM ledger_postings WHERE row_ids @> id) = rows_hash
                AS is_hash_of_postings
       FROM ledger_seals WHERE ${OF_LEDGER} ORDER BY id`,
    );
    expect(seals.slice(0, 4)).toEqual([
      expect.objectContaining({ row_ids: '{[1,3)}', row_count: 2, is_hash_of_postings: true }),
      expect.objectContaining({ row_ids: '{[3,5)}', row_count: 2, is_hash_of_postings: true }),
      expect.objectContaining({ row_ids: '{[5,6)}', row_count: 1, is_hash_of_postings: true }),
      expect.objectContaining({
        row_ids: '{[6,7)}',
        row_count: 1,
        total_amount: '2000.00',
        is_hash_of_postings: true,
      }),
    ]);
    expect(seals[4]).toMatchObject({ sealed_table: 'payment_allocations', row_ids: '{[1,6)}', row_count: 5 });
  });

  it('distinguishes NULL from an empty text and a text that moved to the next column', async () => {
    const { driver, lease } = await aDriverWithLease(app);
    const hashes = await app.db.query<{ hash: string }[]>(
      `SELECT encode(row_hash_of(line), 'hex') AS hash
       FROM (VALUES ('ab', 'c', NULL, NULL), ('a', 'bc', NULL, NULL), ('ab', 'c', '', NULL), ('ab', 'c', NULL, ''))
              AS given (source_type, source_id, description, notes)
       CROSS JOIN LATERAL jsonb_populate_record(NULL::ledger_postings,
         jsonb_build_object('driver_id', $1::integer, 'lease_id', $2::integer) || to_jsonb(given)) AS line`,
      [driver.id, lease.id],
    );
    expect(new Set(hashes.map(({ hash }) => hash)).size).toBe(4);
  });

  it('has the same hash whatever the encoding, time zone and date style of the connection', async () => {
    const { driver, lease } = await aDriverWithLease(app);
    const recorded = await app.as('FINANCE').post('/ledger/obligations', {
      driver_id: driver.id,
      lease_id: lease.id,
      category: 'MISC',
      amount: '5.00',
      reference_type: 'KEY',
      reference_id: 'ÆØ',
      payment_period_start: WEEK,
      description: 'Marie-Ève',
    });
    expect(recorded.status).toBe(201);
    const settings = ['client_encoding = LATIN1', "timezone = 'Asia/Tokyo'", "datestyle = 'German'"];
    for (const setting of settings) {
      await app.db.transaction(async (tx) => {
        await tx.query(`SET LOCAL ${setting}`);
        const rows = await tx.query<{ same: boolean }[]>(
          'SELECT row_hash = row_hash_of(p) AS same FROM ledger_postings p',
        );
        expect(rows).toEqual([{ same: true }]);
      });
    }
  });

  it('rejects every change except its link to the chain, as the chain blocks do', async () => {
    const loan = await aLoan(app);
    await app.as('FINANCE').post('/loans/installments/post', {});
    await app.get(SealLinkingService).linkWaiting();
    await ledger.pay(loan, '10.00');
    for (const statement of [
      'UPDATE ledger_seals SET row_count = 7',
      'UPDATE ledger_seals SET is_linked = false',
      'UPDATE ledger_seals SET is_linked = true, total_amount = 1 WHERE NOT is_linked',
      'DELETE FROM ledger_seals',
      'TRUNCATE ledger_seals',
      'UPDATE ledger_chain SET linked_at = now()',
      'DELETE FROM ledger_chain',
      'TRUNCATE ledger_chain',
      "UPDATE ledger_postings SET row_hash = ''",
      "UPDATE payment_allocations SET row_hash = ''",
    ]) {
      await expect(app.db.query(statement)).rejects.toThrow(/append-only|immutable/);
    }
  });

  it('is created for rows that existed before the migration', async () => {
    const loan = await aLoan(app);
    await app.as('FINANCE').post('/loans/installments/post', {});
    await ledger.pay(loan, '10.00');
    await migrateAgainFrom(SealTheLedger1763900300000.name);
    await grantToService(app.db, new URL(app.databaseUrl).username);
    expect(await verify()).toMatchObject({ ok: true, checked: { postings: 2, allocations: 1 } });
  });
});

describe('the linking of seals', () => {
  it('creates one chain with every seal once when several processes link at the same time', async () => {
    const loan = await aLoan(app);
    await app.as('FINANCE').post('/loans/installments/post', {});
    const linking = app.get(SealLinkingService);
    await Promise.all([
      ...[1, 2, 3, 4].map(() => ledger.pay(loan, '10.00')),
      ...[1, 2, 3, 4].map(() => linking.linkWaiting()),
    ]);
    await linking.linkWaiting();
    expect(await verify()).toMatchObject({ ok: true, differences: [] });
    expect(await sealCount()).toMatchObject({ seals: 9, linked: 9 });
  });

  it('continues from the head of the previous process when two processes link one after the other', async () => {
    await aLoan(app);
    await app.as('FINANCE').post('/loans/installments/post', {});
    const seals = app.get(SealRepository);
    let second: Promise<void> | undefined;
    await app.get(Transactions).run(async (tx) => {
      await seals.lockChain(tx);
      await seals.link(tx, 10_000, app.clock.now());
      second = app.get(SealLinkingService).linkWaiting();
      await waitForLockWaiters(app.db, 1);
    });
    await second;
    expect(await sealCount()).toEqual({ seals: 1, linked: 1, links: 1 });
    expect(await verify()).toMatchObject({ ok: true });
  });

  it('does nothing when no seal is waiting', async () => {
    await aLoan(app);
    await app.as('FINANCE').post('/loans/installments/post', {});
    await app.get(SealLinkingJob).tick();
    await app.get(SealLinkingJob).tick();
    expect(await sealCount()).toEqual({ seals: 1, linked: 1, links: 1 });
  });

  it('does not wait for an open transaction and links its seal in a later block', async () => {
    await aLoan(app);
    await app.as('FINANCE').post('/loans/installments/post', {});
    // the driver owes nothing, so the credits stay
    const payer = await aLease(app);
    const insert = (number: number): string => `
      INSERT INTO ledger_postings (id, posting_id, driver_id, lease_id, posting_type, category, amount, source_type,
        source_id, payment_period_start, payment_period_end, status, posted_at)
      VALUES (${number}, 'LP-2025-0000${number}', ${payer.driver_id}, ${payer.id}, 'CREDIT', 'EARNINGS', 1, 'T',
        '${number}', '2025-11-02', '2025-11-08', 'POSTED', now())`;
    await app.db.transaction(async (tx) => {
      await tx.query(insert(98));
      await app.db.query(insert(99));
      await app.get(SealLinkingService).linkWaiting();
      expect(await sealCount()).toEqual({ seals: 2, linked: 2, links: 1 });
    });
    await auditInsertedPostings(app.db);
    expect(await verify()).toMatchObject({ ok: true, differences: [] });
    const links = await app.db.query<{ link: number }[]>(
      `SELECT link_number::integer AS link FROM ledger_seals JOIN ledger_chain ON seal_ids @> ledger_seals.id
       WHERE ${OF_LEDGER} ORDER BY ledger_seals.id`,
    );
    expect(links.map(({ link }) => link)).toEqual([1, 2, 1]);
  });

  it('logs the verified chain head every day', async () => {
    await aLoan(app);
    const log = jest.spyOn(Logger.prototype, 'log');
    await app.get(ChainHeadJob).tick();
    const { chain_head: head } = await verify();
    expect(head).toMatch(/^1:[0-9a-f]{64}$/);
    expect(log).toHaveBeenCalledWith({ chain_head: head }, `chain head of the ledger: ${head}`);
  });

  it('logs an error and retries at the next tick', async () => {
    const linking = app.get(SealLinkingService);
    const failing = jest.spyOn(linking, 'linkWaiting').mockRejectedValueOnce(new Error('away'));
    await expect(app.get(SealLinkingJob).tick()).resolves.toBeUndefined();
    await app.get(SealLinkingJob).tick();
    expect(failing).toHaveBeenCalledTimes(2);
  });
});
