import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../kernel/access/actor.js';
import { Clock } from '../../../kernel/clock/clock.js';
import { Changes } from '../../../platform/changes/changes.js';
import type { Tx } from '../../../platform/database/transactions.js';
import type { CsvFile } from '../../../platform/import/csv-file.js';
import type { CsvImport, ParsedRow } from '../../../platform/import/csv-import.js';
import { CsvImports, ImportOptions } from '../../../platform/import/csv-imports.js';
import type { ImportReportView, RowResult } from '../../../platform/import/import-report.js';
import type { RowUpdate } from '../../../platform/import/report/row-change.js';
import { rowUpdate } from '../../../platform/import/report/row-change.js';
import type { Cells } from '../../../platform/import/row-error.js';
import { isSameName } from '../identity/tlc-name.js';
import { DRIVER_LAYOUTS } from './driver-file.layout.js';
import type { DriverEntry } from './driver-file.layout.js';
import { DRIVER } from '../driver/driver.query.js';
import type { DriverView } from '../driver/driver.view.js';
import { DriverFields, DriverImportRepository } from './driver-import.repository.js';

type DriverLayout = (typeof DRIVER_LAYOUTS)[number];
type Row = ParsedRow<DriverEntry>;
type Rows = readonly Row[];
type ByLicense = ReadonlyMap<string, DriverView>;

/** Creates and updates drivers from a CSV file by TLC license number (docs/domain.md, "Drivers"). */
@Injectable()
export class DriverImportService implements CsvImport<DriverEntry, DriverLayout> {
  readonly kind = 'drivers';
  readonly layouts = DRIVER_LAYOUTS;
  readonly allOrNothing = false;
  readonly dryRunFirst = false;

  constructor(
    private readonly imports: CsvImports,
    private readonly clock: Clock,
    private readonly drivers: DriverImportRepository,
    private readonly changes: Changes,
  ) {}

  /** Throws what `CsvImports.run` throws. */
  import(actor: Actor, file: CsvFile | null, options: ImportOptions): Promise<ImportReportView> {
    return this.imports.run(this, actor, file, options);
  }

  read(cells: Cells, layout: DriverLayout): DriverEntry {
    return layout.read(cells, this.clock.today());
  }

  keyOf(entry: DriverEntry): string {
    return entry.tlc_license_number;
  }

  async write(tx: Tx, actor: Actor, rows: Rows): Promise<ReadonlyMap<number, RowResult>> {
    const known = byLicense(
      await this.drivers.find(
        tx,
        rows.map(({ entry }) => this.keyOf(entry)),
      ),
    );
    const isKnown = ({ entry }: Row): boolean => known.has(this.keyOf(entry));
    const added = await this.add(
      tx,
      actor,
      rows.filter((row) => !isKnown(row)),
    );
    const results = new Map<number, RowResult>(await this.update(tx, actor, rows.filter(isKnown), known));
    for (const { line, entry } of rows) {
      const license = this.keyOf(entry);
      if (added.has(license)) results.set(line, 'created');
      else if (known.has(license) && !results.has(line)) results.set(line, 'unchanged');
    }
    // A concurrent transaction has added the others since the query, so they are known now
    const others = rows.filter(({ line }) => !results.has(line));
    return others.length > 0 ? new Map([...results, ...(await this.write(tx, actor, others))]) : results;
  }

  /** Returns the license numbers of the added drivers. */
  private async add(tx: Tx, actor: Actor, rows: Rows): Promise<Set<string>> {
    if (rows.length === 0) return new Set();
    const added = await this.drivers.add(
      tx,
      rows.map(({ entry }) => asNew(entry)),
      this.clock.now(),
    );
    await this.changes.record(
      tx,
      actor,
      added.map((after) => ({ action: 'driver.create', record: DRIVER, id: after.id, after })),
    );
    return new Set(byLicense(added).keys());
  }

  /** Returns the changes by line, without unchanged drivers. Only the changed drivers are locked. */
  private async update(tx: Tx, actor: Actor, rows: Rows, known: ByLicense): Promise<Map<number, RowUpdate>> {
    const toChange = changesOf(rows, known);
    if (toChange.length === 0) return new Map();
    const before = byLicense(
      await this.drivers.lock(
        tx,
        toChange.map(({ id }) => id),
      ),
    );
    const changes = changesOf(rows, before);
    const updated = await this.drivers.update(tx, changes, this.clock.now());
    await this.changes.record(
      tx,
      actor,
      updated.map((after) => ({
        action: 'driver.update',
        record: DRIVER,
        id: after.id,
        before: before.get(after.tlc_license_number),
        after,
      })),
    );
    return updatesOf(rows, before, byLicense(changes));
  }
}

function byLicense(drivers: readonly DriverView[]): ByLicense {
  return new Map(drivers.map((driver) => [driver.tlc_license_number, driver]));
}

function asNew({ statusIfNew, isInCapitals: _, ...entry }: DriverEntry): DriverFields {
  return {
    ...entry,
    first_name: entry.first_name ?? '',
    phone: entry.phone ?? null,
    email: entry.email ?? null,
    status: statusIfNew,
  };
}

/** The existing drivers with the changes of the rows, without unchanged ones. */
function changesOf(rows: Rows, existing: ByLicense): DriverView[] {
  return rows.flatMap(({ entry }) => {
    const driver = existing.get(entry.tlc_license_number);
    const changed = driver && withChanges(driver, entry);
    return changed && isDeepStrictEqual(changed, driver) ? [] : (changed ?? []);
  });
}

function updatesOf(rows: Rows, before: ByLicense, after: ByLicense): Map<number, RowUpdate> {
  const updates = new Map<number, RowUpdate>();
  for (const { line, entry } of rows) {
    const license = entry.tlc_license_number;
    const [was, is] = [before.get(license), after.get(license)];
    if (was && is) updates.set(line, rowUpdate(line, license, was, is));
  }
  return updates;
}

function withChanges(driver: DriverView, entry: DriverEntry): DriverView {
  const written = { first_name: entry.first_name ?? driver.first_name, last_name: entry.last_name };
  const name = entry.isInCapitals && isSameName(written, driver) ? driver : written;
  return {
    ...driver,
    first_name: name.first_name,
    last_name: name.last_name,
    phone: entry.phone ?? driver.phone,
    email: entry.email ?? driver.email,
    status: entry.status ?? driver.status,
  };
}
