import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../kernel/access/actor.js';
import { DomainError } from '../../../kernel/errors/domain-error.js';
import type { Money } from '../../../kernel/money/money.js';
import type { Tx } from '../../../platform/database/transactions.js';
import type { CsvFile } from '../../../platform/import/csv-file.js';
import type { CsvImport, ParsedRow } from '../../../platform/import/csv-import.js';
import { CsvImports, ImportOptions } from '../../../platform/import/csv-imports.js';
import type { ImportReportView, RowResult } from '../../../platform/import/import-report.js';
import { rowErrorsOf } from '../../../platform/import/row-error.js';
import { DriverQueryService } from '../../drivers/index.js';
import { LeaseQueryService } from '../../leases/index.js';
import type { ExposureTally } from '../exposure/loan-exposure.js';
import { LOAN_LAYOUT, LoanEntry, readLoan } from './loan-file.layout.js';
import { NewLoanInput, LoanCreationService } from '../origination/loan-creation.service.js';
import { LoanExposureService } from '../exposure/loan-exposure.service.js';
import { LoanMetricsService } from '../monitoring/loan-metrics.service.js';
import { LoanQuoteService } from '../origination/loan-quote.service.js';
import { ImportedLoan, LoanImportRepository } from './loan-import.repository.js';
import { PostingLockRepository } from '../loan/posting-lock.repository.js';

/** The column that an error refers to. */
const COLUMN_OF = {
  DRIVER_UNKNOWN: 'tlc_license_number',
  DRIVER_NOT_ACTIVE: 'tlc_license_number',
  LEASE_UNKNOWN: 'lease_number',
  LEASE_NOT_ACTIVE: 'lease_number',
  LEASE_DRIVER_MISMATCH: 'lease_number',
  LOAN_AMOUNT_OUT_OF_RANGE: 'loan_amount',
  INTEREST_RATE_OUT_OF_RANGE: 'interest_rate',
  START_WEEK_NOT_SUNDAY: 'start_week',
  START_WEEK_OUT_OF_RANGE: 'start_week',
  DRIVER_HAS_TOO_MANY_LOANS: 'tlc_license_number',
  DRIVER_EXPOSURE_EXCEEDED: 'loan_amount',
} as const;

type Row = ParsedRow<LoanEntry>;

/** The driver and the lease of a row, or the error if one of them cannot have a loan. */
type Borrower = { readonly driver_id: number; readonly lease_id: number } | DomainError;

/** The loans of the rows so far. */
interface FileProgress {
  /** The amounts of the created loans by reference; null in a dry run, which creates none */
  readonly created: Map<string, Money> | null;
  readonly tally: ExposureTally;
}

/**
 * Creates loans from a CSV file, for example the loans of a previous system. Each row follows the rules of POST /loans. The
 * fleet's own number of a loan (`reference`) ensures that it is created once.
 */
@Injectable()
export class LoanImportService {
  constructor(
    private readonly imports: CsvImports,
    private readonly planning: LoanQuoteService,
    private readonly creation: LoanCreationService,
    private readonly exposure: LoanExposureService,
    private readonly drivers: DriverQueryService,
    private readonly leases: LeaseQueryService,
    private readonly loans: LoanImportRepository,
    private readonly postingLock: PostingLockRepository,
    private readonly metrics: LoanMetricsService,
  ) {}

  /** Throws what `CsvImports.run` throws. */
  async import(actor: Actor, file: CsvFile | null, options: ImportOptions): Promise<ImportReportView> {
    // by reference, so that a retried transaction does not count a loan twice
    const created = new Map<string, Money>();
    const tallies = { dryRun: new WeakMap<Tx, ExposureTally>(), real: new WeakMap<Tx, ExposureTally>() };
    const loans: CsvImport<LoanEntry> = {
      kind: 'loans',
      layouts: [LOAN_LAYOUT],
      allOrNothing: true,
      dryRunFirst: true,
      read: readLoan,
      keyOf: ({ reference }) => reference,
      write: (tx, actor, rows, isDryRun) => {
        const tally = this.tallyOf(isDryRun ? tallies.dryRun : tallies.real, tx);
        return this.write(tx, actor, rows, { created: isDryRun ? null : created, tally });
      },
    };
    const report = await this.imports.run(loans, actor, file, options);
    for (const amount of created.values()) this.metrics.loanCreated(amount);
    return report;
  }

  /** One tally for all rows of one pass over the file. A dry run writes none of them. */
  private tallyOf(tallies: WeakMap<Tx, ExposureTally>, tx: Tx): ExposureTally {
    const tally = tallies.get(tx) ?? this.exposure.tally();
    tallies.set(tx, tally);
    return tally;
  }

  private async write(
    tx: Tx,
    actor: Actor,
    rows: readonly Row[],
    { created, tally }: FileProgress,
  ): Promise<ReadonlyMap<number, RowResult>> {
    await this.postingLock.acquire(tx);
    const existing = await this.findExisting(tx, rows);
    const borrowers = await this.findBorrowers(
      tx,
      rows.filter(({ entry }) => !existing.has(entry.reference)),
    );
    await this.exposure.load(tx, tally, driversOf(borrowers));
    const results = new Map<number, RowResult>();
    const inputs: NewLoanInput[] = [];
    for (const row of rows) {
      try {
        const borrower = borrowers.get(row.line);
        if (borrower) inputs.push(this.inputOf(actor, row.entry, borrower, tally));
        else requireSameTerms(row.entry, existing.get(row.entry.reference));
        results.set(row.line, borrower ? 'created' : 'unchanged');
      } catch (error) {
        results.set(row.line, rowErrorsOf(row, error, COLUMN_OF));
      }
    }
    if (!created || inputs.length === 0) return results;
    await this.creation.createMany(tx, actor, inputs);
    for (const { importReference = '', terms } of inputs) created.set(importReference, terms.amount);
    return results;
  }

  /** The loans of earlier imports by their references. */
  private async findExisting(tx: Tx, rows: readonly Row[]): Promise<ReadonlyMap<string, ImportedLoan>> {
    const references = rows.map(({ entry }) => entry.reference);
    const loans = await this.loans.find(tx, references);
    return new Map(loans.map((loan) => [loan.import_reference, loan]));
  }

  /** The borrowers of the rows by line, locked until the transaction ends. */
  private async findBorrowers(tx: Tx, rows: readonly Row[]): Promise<ReadonlyMap<number, Borrower>> {
    const licenses = rows.map(({ entry }) => entry.tlc_license_number);
    const drivers = await this.drivers.findActive(tx, licenses);
    const borrowers = new Map<number, Borrower>();
    const leaseLookups: {
      line: number;
      lease_number: string;
      tlc_license_number: string;
      driver_id: number;
    }[] = [];
    for (const { line, entry } of rows) {
      const driver = drivers.get(entry.tlc_license_number);
      if (driver === undefined) throw new Error(`the driver of line ${line} was not looked up`);
      if (typeof driver === 'number') {
        const { lease_number, tlc_license_number } = entry;
        leaseLookups.push({ line, lease_number, tlc_license_number, driver_id: driver });
      } else borrowers.set(line, driver);
    }
    const leases = await this.leases.findActiveOf(tx, leaseLookups);
    leases.forEach((lease, index) => {
      const { line = 0, driver_id = 0 } = leaseLookups[index] ?? {};
      borrowers.set(line, typeof lease === 'number' ? { driver_id, lease_id: lease } : lease);
    });
    return borrowers;
  }

  /** The rules of POST /loans, which checks the terms before the borrower. */
  private inputOf(actor: Actor, entry: LoanEntry, borrower: Borrower, tally: ExposureTally): NewLoanInput {
    const planned = this.planning.plan(entry);
    this.creation.requireCreator(actor, planned.terms);
    if (borrower instanceof DomainError) throw borrower;
    const label = `The driver with the TLC license ${entry.tlc_license_number}`;
    tally.add(borrower.driver_id, planned.terms.amount, label);
    return { ...planned, input: { ...entry, ...borrower }, importReference: entry.reference };
  }
}

function driversOf(borrowers: ReadonlyMap<number, Borrower>): number[] {
  return [...borrowers.values()].flatMap((borrower) =>
    borrower instanceof DomainError ? [] : [borrower.driver_id],
  );
}

/**
 * An existing loan is not changed: its week may have passed, and its driver may have left. Purpose and notes are not
 * compared, because clerks edit them. Throws LOAN_REFERENCE_TAKEN.
 */
function requireSameTerms(entry: LoanEntry, existing: ImportedLoan | undefined): void {
  if (!existing) throw new Error(`the borrower of ${entry.reference} was not looked up`);
  const terms = {
    tlc_license_number: entry.tlc_license_number,
    lease_number: entry.lease_number,
    loan_amount: entry.loan_amount.toString(),
    interest_rate: entry.interest_rate?.toString() ?? existing.interest_rate,
    start_week: entry.start_week,
  };
  const differentTerms = Object.entries(terms).filter(
    ([term, value]) => existing[term as keyof typeof terms] !== value,
  );
  if (differentTerms.length === 0) return;
  const loan = `loan ${existing.loan_id} already has the reference ${entry.reference}`;
  throw new DomainError(
    'LOAN_REFERENCE_TAKEN',
    `${loan}, with other terms.`,
    differentTerms.map(([field]) => ({
      field,
      message: `${loan}, with ${existing[field as keyof typeof terms]}`,
    })),
  );
}
