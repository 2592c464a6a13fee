import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Clerk } from './clerk.js';
import type { TestedConsole } from './tested-console.js';

const RUNS = '/ledger/settlement-runs';

export interface SettlementTotals {
  readonly total_earnings: string;
  readonly total_applied: string;
  readonly total_net: string;
}

export interface SettlementRun extends SettlementTotals {
  readonly run_id: string;
  readonly status: string;
}

export const settlementRuns = (desk: TestedConsole): Promise<{ total: number; items: SettlementRun[] }> =>
  desk.call(RUNS);

interface Earnings {
  readonly tlc_license_number: string;
  readonly amount: string;
  readonly min_take_home: string | undefined;
}

/** The earnings of two drivers of the demo fleet, of whom the second keeps all of it, and of an unknown driver. */
export const EARNINGS: readonly [Earnings, Earnings, Earnings] = [
  { tlc_license_number: '5134567', amount: '842.50', min_take_home: undefined },
  { tlc_license_number: '5045678', amount: '615.00', min_take_home: '100%' },
  { tlc_license_number: '5999990', amount: '300.00', min_take_home: undefined },
];

export const referenceOf = (license: string, suffix: string): string => `EARN-${license}-${suffix}`;

/**
 * Settles the same lines in JSON.
 * @param suffix ends the references, which are settled only once
 */
export function settle(
  desk: TestedConsole,
  suffix: string,
  {
    lines: earnings = EARNINGS,
    ...terms
  }: {
    readonly min_take_home?: string;
    readonly dry_run?: boolean;
    readonly lines?: readonly Earnings[];
  } = {},
): Promise<SettlementRun> {
  const lines = earnings.map((line) => ({
    ...line,
    source_id: referenceOf(line.tlc_license_number, suffix),
  }));
  return desk.call(RUNS, { body: { payment_period_start: '2025-11-02', lines, ...terms } });
}

/** A folder for files of earnings. */
export class EarningsFiles {
  private folder = '';

  /** Created before the tests of the calling file and deleted after them. */
  static forAll(): EarningsFiles {
    const files = new EarningsFiles();
    beforeAll(() => {
      files.folder = mkdtempSync(path.join(os.tmpdir(), 'driver-loans-settlement-'));
    });
    afterAll(() => rmSync(files.folder, { recursive: true, force: true }));
    return files;
  }

  /** @param suffix ends the references, which are settled only once */
  ofDrivers(suffix: string, earnings: readonly Earnings[] = EARNINGS): string {
    const lines = earnings.map(
      ({ tlc_license_number: tlc, amount, min_take_home: minimum = '' }) =>
        `${tlc},${amount},${referenceOf(tlc, suffix)},${minimum}`,
    );
    return this.of(suffix, ['tlc_license_number,amount,reference,min_take_home', ...lines]);
  }

  of(name: string, lines: readonly string[]): string {
    const file = path.join(this.folder, `${name}.csv`);
    writeFileSync(file, `${lines.join('\n')}\n`);
    return file;
  }
}

/** Opens the form and chooses a file. */
export async function chooseEarnings(clerk: Clerk, file: string): Promise<void> {
  await clerk.open('/nowhere', clerk.title('Page not found'));
  await clerk.open('/settlement/new', clerk.title('New settlement'));
  await clerk.page.getByLabel('CSV file').setInputFiles(file);
}
