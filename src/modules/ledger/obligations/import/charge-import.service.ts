import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../../kernel/access/actor.js';
import { weekOf } from '../../../../kernel/calendar/payment-week.js';
import { Clock } from '../../../../kernel/clock/clock.js';
import { DomainError } from '../../../../kernel/errors/domain-error.js';
import type { ErrorCode } from '../../../../kernel/errors/domain-error.js';
import { Changes } from '../../../../platform/changes/changes.js';
import { Transactions, violatedConstraint } from '../../../../platform/database/transactions.js';
import type { Tx } from '../../../../platform/database/transactions.js';
import type { CsvFile } from '../../../../platform/import/csv-file.js';
import type { CsvImport, ParsedRow } from '../../../../platform/import/csv-import.js';
import { CsvImports, ImportOptions } from '../../../../platform/import/csv-imports.js';
import type { ImportReportView, RowResult } from '../../../../platform/import/import-report.js';
import { rowErrorsOf } from '../../../../platform/import/row-error.js';
import { SettlementService } from '../../payments/settlement.service.js';
import { POSTING } from '../../postings/posting.query.js';
import type { NewObligation } from '../obligation.repository.js';
import { ObligationService, STANDING_SOURCE } from '../obligation.service.js';
import { CHARGE_LAYOUT, ChargeEntry, readCharge } from './charge-file.layout.js';
import { ChargeImportRepository } from './charge-import.repository.js';
import type { FoundAccount, RecordedCharge } from './charge-import.repository.js';

/** The source type of all charges from files: a reference is charged once, whichever file has it. */
const IMPORTED_CHARGE = 'IMPORTED_CHARGE';

type Row = ParsedRow<ChargeEntry>;
type Results = Map<number, RowResult>;

/** Records obligations from a CSV file, with the rules of POST /ledger/obligations. A recorded charge is never changed. */
@Injectable()
export class ChargeImportService implements CsvImport<ChargeEntry> {
  readonly kind = 'charges';
  readonly layouts = [CHARGE_LAYOUT];
  readonly allOrNothing = false;
  readonly dryRunFirst = false;
  readonly read = readCharge;

  constructor(
    private readonly imports: CsvImports,
    private readonly clock: Clock,
    private readonly transactions: Transactions,
    private readonly changes: Changes,
    private readonly charges: ChargeImportRepository,
    private readonly obligations: ObligationService,
    private readonly settlement: SettlementService,
  ) {}

  /** Throws what `CsvImports.run` throws. */
  import(actor: Actor, file: CsvFile | null, options: ImportOptions): Promise<ImportReportView> {
    return this.imports.run(this, actor, file, options);
  }

  keyOf(entry: ChargeEntry): string {
    return entry.reference;
  }

  async write(tx: Tx, actor: Actor, rows: readonly Row[]): Promise<ReadonlyMap<number, RowResult>> {
    const recorded = await this.findRecorded(tx, rows);
    const results: Results = new Map();
    for (const row of rows) {
      const charge = recorded.get(row.entry.reference);
      if (!charge) continue;
      const check = (): void => requireSameCharge(row.entry, charge);
      results.set(row.line, resultOf(row, check, 'unchanged'));
    }
    const others = rows.filter(({ line }) => !results.has(line));
    const planned = await this.plan(tx, others, results);
    try {
      await this.transactions.savepoint(tx, (nested) => this.record(nested, actor, planned));
      return results;
    } catch (error) {
      if (violatedConstraint(error) !== STANDING_SOURCE) throw error;
      // a request has recorded one of the references since the query, so it is found now
      return this.write(tx, actor, rows);
    }
  }

  private async findRecorded(tx: Tx, rows: readonly Row[]): Promise<ReadonlyMap<string, RecordedCharge>> {
    const references = rows.map(({ entry }) => entry.reference);
    const charges = await this.charges.findRecorded(tx, IMPORTED_CHARGE, references);
    return new Map(charges.map((charge) => [charge.reference, charge]));
  }

  /** The charges to record, and the result of each row. */
  private async plan(tx: Tx, rows: readonly Row[], results: Results): Promise<NewObligation[]> {
    const accounts = await this.charges.findAccounts(
      tx,
      rows.map(({ line, entry: { tlc_license_number, lease_number } }) => ({
        line,
        tlc_license_number,
        lease_number,
      })),
    );
    const accountOf = new Map(accounts.map((account) => [account.line, account]));
    const planned: NewObligation[] = [];
    for (const row of rows) {
      const charge = (): unknown => planned.push(this.chargeOf(row.entry, accountOf.get(row.line)));
      results.set(row.line, resultOf(row, charge, 'created'));
    }
    return planned;
  }

  /** Throws DRIVER_UNKNOWN, LEASE_UNKNOWN, LEASE_DRIVER_MISMATCH and the errors of `ObligationService.plan`. */
  private chargeOf(entry: ChargeEntry, account: FoundAccount | undefined): NewObligation {
    const { tlc_license_number: _license, lease_number: _lease, reference, ...charge } = entry;
    return this.obligations.plan({
      ...requireAccount(entry, account),
      ...charge,
      reference_type: IMPORTED_CHARGE,
      reference_id: reference,
      payment_period_start: charge.payment_period_start ?? weekOf(this.clock.today()).start,
    });
  }

  private async record(tx: Tx, actor: Actor, planned: readonly NewObligation[]): Promise<void> {
    if (planned.length === 0) return;
    await this.settlement.lockAccounts(
      tx,
      planned.map(({ driverId }) => driverId),
    );
    const recorded = await this.obligations.recordAll(tx, actor, planned);
    await this.changes.record(
      tx,
      actor,
      recorded.map((after) => ({
        action: 'ledger.obligation',
        record: POSTING,
        id: after.posting.posting_id,
        after,
      })),
    );
  }
}

/** The outcome, or the errors of the row if the check throws a DomainError. */
function resultOf(row: Row, check: () => unknown, outcome: 'created' | 'unchanged'): RowResult {
  try {
    check();
    return outcome;
  } catch (error) {
    return rowErrorsOf(row, error);
  }
}

/** Driver and lease of the row. Throws DRIVER_UNKNOWN, LEASE_UNKNOWN and LEASE_DRIVER_MISMATCH. */
function requireAccount(
  { tlc_license_number: license, lease_number: lease }: ChargeEntry,
  account: FoundAccount | undefined,
): { driver_id: number; lease_id: number } {
  const { driver_id = null, lease_id = null, lease_driver_id = null } = account ?? {};
  if (driver_id === null) {
    throw refusal(
      'DRIVER_UNKNOWN',
      'tlc_license_number',
      `There is no driver with the TLC license ${license}.`,
    );
  }
  const driver = `driver with the TLC license ${license}`;
  if (lease_id === null) {
    throw lease === undefined
      ? refusal('LEASE_DRIVER_MISMATCH', 'tlc_license_number', `The ${driver} has no lease.`)
      : refusal('LEASE_UNKNOWN', 'lease_number', `There is no lease ${lease}.`);
  }
  if (lease_driver_id !== driver_id) {
    const sentence = `Lease ${lease} does not belong to the ${driver}.`;
    throw refusal('LEASE_DRIVER_MISMATCH', 'lease_number', sentence);
  }
  return { driver_id, lease_id };
}

function refusal(code: ErrorCode, field: string, sentence: string): DomainError {
  return new DomainError(code, sentence, [{ field, message: sentence }]);
}

/**
 * A charge in the ledger is not changed. Cells that the row leaves out and the description are not compared. Throws
 * SOURCE_ALREADY_POSTED.
 */
function requireSameCharge(entry: ChargeEntry, recorded: RecordedCharge): void {
  const terms = {
    tlc_license_number: entry.tlc_license_number,
    lease_number: entry.lease_number,
    category: entry.category,
    amount: entry.amount.toString(),
    payment_period_start: entry.payment_period_start,
    due_date: entry.due_date,
  };
  const different = (Object.keys(terms) as (keyof typeof terms)[]).filter(
    (term) => terms[term] !== undefined && terms[term] !== recorded[term],
  );
  if (different.length === 0) return;
  const posting = `${recorded.posting_id} already has the reference ${recorded.reference}`;
  throw new DomainError(
    'SOURCE_ALREADY_POSTED',
    `${posting}, with other terms.`,
    different.map((field) => ({ field, message: `${posting}, with ${recorded[field] ?? 'no due date'}` })),
  );
}
