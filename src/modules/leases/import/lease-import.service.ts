import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../kernel/access/actor.js';
import { Clock } from '../../../kernel/clock/clock.js';
import { DomainError } from '../../../kernel/errors/domain-error.js';
import { Changes } from '../../../platform/changes/changes.js';
import type { Tx } from '../../../platform/database/transactions.js';
import type { CsvFile } from '../../../platform/import/csv-file.js';
import type { CsvImport, ParsedRow } from '../../../platform/import/csv-import.js';
import { CsvImports, ImportOptions } from '../../../platform/import/csv-imports.js';
import type { ImportReportView, RowResult } from '../../../platform/import/import-report.js';
import { rowUpdate } from '../../../platform/import/report/row-change.js';
import { rowErrorsOf } from '../../../platform/import/row-error.js';
import { DriverQueryService } from '../../drivers/index.js';
import { requireLeasePeriod } from '../lease/lease-period.js';
import { LEASE_LAYOUT, LeaseEntry, readLease } from './lease-file.layout.js';
import { LEASE } from '../lease/lease.query.js';
import type { LeaseView } from '../lease/lease-view.sql.js';
import { LeaseImportRepository, NewLease } from './lease-import.repository.js';

type Row = ParsedRow<LeaseEntry>;
type Rows = readonly Row[];
type Results = Map<number, RowResult>;
type Drivers = Awaited<ReturnType<DriverQueryService['findActive']>>;
type ByNumber = ReadonlyMap<string, LeaseView>;

/** The column that an error refers to. */
const COLUMN_OF = {
  DRIVER_UNKNOWN: 'tlc_license_number',
  DRIVER_NOT_ACTIVE: 'tlc_license_number',
  LEASE_DATES_INVALID: 'end_date',
} as const;

/** Creates and updates leases from a CSV file by lease number, with the rules of POST and PATCH. */
@Injectable()
export class LeaseImportService implements CsvImport<LeaseEntry> {
  readonly kind = 'leases';
  readonly layouts = [LEASE_LAYOUT];
  readonly allOrNothing = false;
  readonly dryRunFirst = false;
  readonly read = readLease;

  constructor(
    private readonly imports: CsvImports,
    private readonly clock: Clock,
    private readonly drivers: DriverQueryService,
    private readonly leases: LeaseImportRepository,
    private readonly changes: Changes,
  ) {}

  /** Throws what `CsvImports.run` throws. */
  import(actor: Actor, file: CsvFile | null, options: ImportOptions): Promise<ImportReportView> {
    return this.imports.run(this, actor, file, options);
  }

  keyOf(entry: LeaseEntry): string {
    return entry.lease_number;
  }

  async write(tx: Tx, actor: Actor, rows: Rows): Promise<ReadonlyMap<number, RowResult>> {
    const known = byNumber(await this.leases.find(tx, numbersOf(rows)));
    const created = await this.create(
      tx,
      actor,
      rows.filter(({ entry }) => !known.has(entry.lease_number)),
    );
    const updated = await this.update(
      tx,
      actor,
      rows.filter(({ entry }) => known.has(entry.lease_number)),
      known,
    );
    const results = new Map([...created, ...updated]);
    // A concurrent transaction has added the others since the query, so they are known now
    const others = rows.filter(({ line }) => !results.has(line));
    return others.length > 0 ? new Map([...results, ...(await this.write(tx, actor, others))]) : results;
  }

  /** Returns no result for a row whose lease number a concurrent transaction has just used. */
  private async create(tx: Tx, actor: Actor, rows: Rows): Promise<Results> {
    const results: Results = new Map();
    if (rows.length === 0) return results;
    const drivers = await this.drivers.findActive(
      tx,
      rows.map(({ entry }) => entry.tlc_license_number),
    );
    const leases: NewLease[] = [];
    for (const row of rows) {
      try {
        leases.push(asNew(row.entry, drivers));
      } catch (error) {
        results.set(row.line, rowErrorsOf(row, error, COLUMN_OF));
      }
    }
    const added = new Set(await this.leases.add(tx, leases, this.clock.now()));
    const createdLeases = await this.leases.find(tx, [...added]);
    await this.changes.record(
      tx,
      actor,
      createdLeases.map((after) => ({ action: 'lease.create', record: LEASE, id: after.id, after })),
    );
    for (const { line, entry } of rows) if (added.has(entry.lease_number)) results.set(line, 'created');
    return results;
  }

  private async update(tx: Tx, actor: Actor, rows: Rows, known: ByNumber): Promise<Results> {
    const planned = updatesOf(rows, known);
    if (planned.leases.length === 0) return planned.results;
    const changing = byNumber(planned.leases);
    const toChange = rows.filter(({ entry }) => changing.has(entry.lease_number));
    // Only these are locked and read again, because a concurrent transaction may have changed them
    const locked = byNumber(await this.leases.lock(tx, numbersOf(toChange)));
    const { results, leases } = updatesOf(toChange, locked);
    await this.leases.update(tx, leases, this.clock.now());
    const updatedLeases = await this.leases.find(
      tx,
      leases.map(({ lease_number }) => lease_number),
    );
    await this.changes.record(
      tx,
      actor,
      updatedLeases.map((after) => ({
        action: 'lease.update',
        record: LEASE,
        id: after.id,
        before: locked.get(after.lease_number),
        after,
      })),
    );
    return new Map([...planned.results, ...results]);
  }
}

function byNumber(leases: readonly LeaseView[]): ByNumber {
  return new Map(leases.map((lease) => [lease.lease_number, lease]));
}

function numbersOf(rows: Rows): string[] {
  return rows.map(({ entry }) => entry.lease_number);
}

/** The new lease of a row. Throws DRIVER_UNKNOWN, DRIVER_NOT_ACTIVE, LEASE_DATES_INVALID. */
function asNew({ tlc_license_number: license, ...entry }: LeaseEntry, drivers: Drivers): NewLease {
  const driver = drivers.get(license);
  if (typeof driver !== 'number') throw driver ?? new Error(`driver ${license} has not been looked up`);
  const end_date = entry.end_date ?? null;
  requireLeasePeriod(entry.start_date, end_date);
  return { ...entry, driver_id: driver, end_date, status: entry.status ?? 'ACTIVE' };
}

/** The changed leases, and the result of every row for an existing lease. */
function updatesOf(rows: Rows, existing: ByNumber): { results: Results; leases: LeaseView[] } {
  const results: Results = new Map();
  const leases: LeaseView[] = [];
  for (const row of rows) {
    const lease = existing.get(row.entry.lease_number);
    if (!lease) throw new Error(`lease ${row.entry.lease_number} is gone`);
    try {
      requireSameDriverAndCab(row, lease);
      const changed = withChanges(row.entry, lease);
      const isChanged = !isDeepStrictEqual(changed, lease);
      if (isChanged) leases.push(changed);
      results.set(
        row.line,
        isChanged ? rowUpdate(row.line, lease.lease_number, lease, changed) : 'unchanged',
      );
    } catch (error) {
      results.set(row.line, rowErrorsOf(row, error, COLUMN_OF));
    }
  }
  return { results, leases };
}

/** Driver, medallion and vehicle of a lease never change. Throws LEASE_NUMBER_TAKEN. */
function requireSameDriverAndCab({ entry }: Row, lease: LeaseView): void {
  const existing = {
    tlc_license_number: lease.driver.tlc_license_number,
    medallion_number: lease.medallion_number,
    vehicle_plate: lease.vehicle_plate,
  };
  const others = Object.entries(existing).filter(
    ([column, value]) => entry[column as keyof LeaseEntry] !== value,
  );
  if (others.length === 0) return;
  throw new DomainError(
    'LEASE_NUMBER_TAKEN',
    `Lease ${entry.lease_number} already exists with another driver or cab.`,
    others.map(([field, value]) => ({
      field,
      message: `lease ${entry.lease_number} already exists with ${value}`,
    })),
  );
}

/** The lease with the changes of the row. Throws LEASE_DATES_INVALID. */
function withChanges({ start_date, end_date, status }: LeaseEntry, lease: LeaseView): LeaseView {
  const changed = {
    ...lease,
    start_date,
    end_date: end_date ?? lease.end_date,
    status: status ?? lease.status,
  };
  requireLeasePeriod(changed.start_date, changed.end_date, [lease.start_date, lease.end_date]);
  return changed;
}
