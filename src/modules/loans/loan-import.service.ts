import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/access/actor.js';
import { DomainError } from '../../kernel/errors/domain-error.js';
import type { Money } from '../../kernel/money/money.js';
import type { Tx } from '../../platform/database/transactions.js';
import type { CsvFile } from '../../platform/import/csv-file.js';
import type { CsvImport, ParsedRow, RowResult } from '../../platform/import/csv-import.js';
import { CsvImports, ImportOptions } from '../../platform/import/csv-imports.js';
import type { ImportReportResponse } from '../../platform/import/import-report.response.js';
import { rowErrorsOf } from '../../platform/import/row-error.js';
import { DriverDirectory } from '../drivers/index.js';
import { LeaseDirectory } from '../leases/index.js';
import type { PlannedLoan } from './domain/planned-loan.js';
import { LOAN_LAYOUT, LoanEntry, readLoan } from './import/loan-file.js';
import { LoanCreationService } from './loan-creation.service.js';
import { LoanMetrics } from './loan-metrics.js';
import { LoanPlanningService } from './loan-planning.service.js';
import { ImportedLoan, LoanImportRepository } from './repositories/loan-import.repository.js';

/** The column that is to blame where a rule is broken. */
const COLUMN_OF = {
  DRIVER_UNKNOWN: 'tlc_license_number',
  DRIVER_NOT_ACTIVE: 'tlc_license_number',
  LEASE_UNKNOWN: 'lease_number',
  LEASE_NOT_ACTIVE: 'lease_number',
  LEASE_OF_OTHER_DRIVER: 'lease_number',
  LOAN_AMOUNT_OUT_OF_RANGE: 'loan_amount',
  INTEREST_RATE_OUT_OF_RANGE: 'interest_rate',
  START_WEEK_NOT_SUNDAY: 'start_week',
  START_WEEK_OUT_OF_RANGE: 'start_week',
} as const;

type Row = ParsedRow<LoanEntry>;

/** What the rows of a batch refer to. */
interface Known {
  readonly loans: ReadonlyMap<string, ImportedLoan>;
  readonly drivers: ReadonlyMap<string, number | DomainError>;
  readonly leases: ReadonlyMap<string, number>;
}

/** A row that keeps all rules. */
interface CheckedLoan {
  readonly borrower: { readonly driver_id: number; readonly lease_id: number };
  readonly planned: PlannedLoan;
}

/**
 * Lends from a CSV file, such as the opening balances of a season. Each row goes the way of POST /loans; the fleet's own
 * number of a loan makes sure that it is lent once.
 */
@Injectable()
export class LoanImportService {
  constructor(
    private readonly imports: CsvImports,
    private readonly planning: LoanPlanningService,
    private readonly creation: LoanCreationService,
    private readonly drivers: DriverDirectory,
    private readonly leases: LeaseDirectory,
    private readonly loans: LoanImportRepository,
    private readonly metrics: LoanMetrics,
  ) {}

  /** Throws what `CsvImports.run` throws. */
  async import(actor: Actor, file: CsvFile | null, options: ImportOptions): Promise<ImportReportResponse> {
    // By reference: where the database asks for the transaction to be run again, a loan is still one
    const lent = new Map<string, Money>();
    const loans: CsvImport<LoanEntry> = {
      kind: 'loans',
      layouts: [LOAN_LAYOUT],
      allOrNothing: true,
      triesFirst: true,
      read: readLoan,
      keyOf: ({ reference }) => reference,
      write: (tx, by, rows, isTrial) => this.write(tx, by, rows, isTrial ? null : lent),
    };
    const report = await this.imports.run(loans, actor, file, options);
    for (const amount of lent.values()) this.metrics.loanCreated(amount);
    return report;
  }

  /** @param lent takes the amounts; null where nothing is to be lent, only checked */
  private async write(
    tx: Tx,
    actor: Actor,
    rows: readonly Row[],
    lent: Map<string, Money> | null,
  ): Promise<ReadonlyMap<number, RowResult>> {
    const known = await this.lookUp(tx, rows);
    const results = new Map<number, RowResult>();
    for (const row of rows) {
      const { line, entry } = row;
      const checked = await this.check(tx, entry, known).catch((error: unknown) =>
        rowErrorsOf(row, error, COLUMN_OF),
      );
      if (checked === 'unchanged' || !('planned' in checked)) {
        results.set(line, checked);
        continue;
      }
      const { borrower, planned } = checked;
      if (lent) {
        const dto = { ...entry, ...borrower };
        await this.creation.lend(tx, actor, { ...planned, dto, importReference: entry.reference });
        lent.set(entry.reference, planned.terms.amount);
      }
      results.set(line, 'created');
    }
    return results;
  }

  private async lookUp(tx: Tx, rows: readonly Row[]): Promise<Known> {
    const entries = rows.map(({ entry }) => entry);
    const standing = await this.loans.find(
      tx,
      entries.map(({ reference }) => reference),
    );
    return {
      loans: new Map(standing.map((loan) => [loan.import_reference, loan])),
      drivers: await this.drivers.findActive(
        tx,
        entries.map((entry) => entry.tlc_license_number),
      ),
      leases: await this.leases.idsOf(
        tx,
        entries.map((entry) => entry.lease_number),
      ),
    };
  }

  /** The rules of POST /loans. A loan that stands is left alone: its week may have passed, its driver may have gone. */
  private async check(tx: Tx, entry: LoanEntry, known: Known): Promise<CheckedLoan | 'unchanged'> {
    const standing = known.loans.get(entry.reference);
    if (standing) {
      requireSameTerms(entry, standing);
      return 'unchanged';
    }
    const planned = this.planning.plan(entry);
    const driver_id = known.drivers.get(entry.tlc_license_number);
    if (typeof driver_id !== 'number') throw driver_id ?? new Error('nobody looked for the driver');
    const lease_id = known.leases.get(entry.lease_number);
    if (lease_id === undefined) {
      throw new DomainError('LEASE_UNKNOWN', `There is no lease ${entry.lease_number}.`);
    }
    await this.planning.checkBorrowers(tx, [{ driver_id, lease_id }]);
    return { borrower: { driver_id, lease_id }, planned };
  }
}

/** Purpose and notes are no terms: clerks edit them. Throws LOAN_REFERENCE_TAKEN. */
function requireSameTerms(entry: LoanEntry, standing: ImportedLoan): void {
  const terms = {
    tlc_license_number: entry.tlc_license_number,
    lease_number: entry.lease_number,
    loan_amount: entry.loan_amount.toString(),
    interest_rate: entry.interest_rate?.toString() ?? standing.interest_rate,
    start_week: entry.start_week,
  };
  const others = Object.entries(terms).filter(
    ([term, value]) => standing[term as keyof typeof terms] !== value,
  );
  if (others.length === 0) return;
  const loan = `loan ${standing.loan_id} has the reference ${entry.reference} already`;
  throw new DomainError(
    'LOAN_REFERENCE_TAKEN',
    `${loan}, with other terms.`,
    others.map(([field]) => ({
      field,
      message: `${loan}, and has ${standing[field as keyof typeof terms]} here`,
    })),
  );
}
