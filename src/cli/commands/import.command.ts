import { stat } from 'node:fs/promises';
import type { Type } from '@nestjs/common';
import { Command } from 'commander';
import type { Actor, Permission } from '../../kernel/access/actor.js';
import { SYSTEM_ACTOR } from '../../kernel/access/actor.js';
import { DomainError } from '../../kernel/errors/domain-error.js';
import { DriverImportService } from '../../modules/drivers/index.js';
import { LeaseImportService } from '../../modules/leases/index.js';
import { LoanImportService } from '../../modules/loans/index.js';
import { permissionsOf, UserQueryService } from '../../modules/users/index.js';
import { CsvFile } from '../../platform/import/csv-file.js';
import { withUpload } from '../../platform/import/csv-upload.js';
import type { ImportOptions } from '../../platform/import/csv-imports.js';
import type { ImportReportView } from '../../platform/import/import-report.js';
import { EXISTING_OR_NEW, withServices } from '../cli-context.js';
import type { ServiceFinder } from '../cli-context.js';
import { ImportProgress } from '../import-progress.js';
import { UsageError } from '../usage-error.js';

export const importDrivers = importCommand('drivers', DriverImportService, 'drivers:manage')
  .description('Register and update drivers from a CSV file')
  .argument('<file>', 'CSV, in our columns or those of the city\'s "Medallion Drivers - Active"');

export const importLeases = importCommand('leases', LeaseImportService, 'leases:manage')
  .description('Sign and amend leases from a CSV file')
  .argument('<file>', 'CSV: lease_number, tlc_license_number, medallion_number, vehicle_plate, start_date …');

export const importLoans = importCommand('loans', LoanImportService, 'loans:create')
  .description('Lend money to many drivers from a CSV file')
  .argument('<file>', 'CSV: reference, tlc_license_number, lease_number, loan_amount, start_week …');

interface ImportCommandOptions {
  readonly as?: string;
  readonly dryRun?: boolean;
  readonly allOrNothing?: boolean;
  readonly keepGoodRows?: boolean;
}

/** The service of a module that imports its kind of file. */
interface Importer {
  import(actor: Actor, file: CsvFile, options: ImportOptions): Promise<ImportReportView>;
}

/**
 * An import of a file of such rows: the report by line goes to stdout, and the exit code is 1 where a row was rejected.
 * `permission` is what the user of --as needs.
 */
function importCommand(kind: string, importer: Type<Importer>, permission: Permission): Command {
  return new Command(`import:${kind}`)
    .option('--as <email>', 'the user who imports; loans that need an approval require one')
    .option('--dry-run', 'report what the import would do, and write nothing')
    .option('--all-or-nothing', 'write nothing where a single row is bad (default for loans)')
    .option('--keep-good-rows', 'write the good rows (default for drivers and leases)')
    .action(async (name: string, options: ImportCommandOptions) => {
      if (options.allOrNothing && options.keepGoodRows) {
        throw new UsageError('Choose --all-or-nothing or --keep-good-rows, not both.');
      }
      const report = await withFile(name, (file) =>
        withServices(async (find) => {
          const actor = await actorOf(find, options.as, kind, permission);
          return runImport(find(importer), actor, file, kind, options);
        }, EXISTING_OR_NEW),
      );
      for (const error of report.errors) say(lineOf(error));
      sayHidden(report.errors_total - report.errors.length);
      say(report.message);
      if (report.rejected > 0) process.exitCode = 1;
    });
}

async function actorOf(
  find: ServiceFinder,
  email: string | undefined,
  kind: string,
  permission: Permission,
): Promise<Actor> {
  if (email === undefined) return SYSTEM_ACTOR;
  const user = await find(UserQueryService).findActiveByEmail(email);
  if (user === null) throw new UsageError(`There is no active user with the e-mail "${email}".`);
  const permissions = permissionsOf(user.roles);
  if (!permissions.has(permission)) {
    throw new UsageError(`${user.email} may not import ${kind}: ${permission} is missing.`);
  }
  return { userId: user.id, permissions };
}

async function runImport(
  importer: Importer,
  actor: Actor,
  file: CsvFile,
  kind: string,
  { dryRun, allOrNothing, keepGoodRows }: ImportCommandOptions,
): Promise<ImportReportView> {
  const progress = new ImportProgress(kind, file.bytes);
  try {
    return await importer.import(actor, file, {
      dry_run: dryRun,
      all_or_nothing: keepGoodRows ? false : allOrNothing,
      onProgress: (rows, bytes) => progress.advance(rows, bytes),
    });
  } catch (error) {
    if (error instanceof DomainError) {
      for (const { line, field, value, message } of error.fields) {
        say(lineOf({ line: line ?? 0, field: field || null, value: value ?? null, reason: message }));
      }
    }
    throw error;
  } finally {
    progress.stop();
  }
}

/** The file of that name, or what comes in on stdin for the name `-`. */
async function withFile<T>(name: string, work: (file: CsvFile) => Promise<T>): Promise<T> {
  if (name === '-') return withUpload(process.stdin, Number.MAX_SAFE_INTEGER, work);
  const found = await stat(name).catch(() => null);
  if (!found?.isFile()) throw new UsageError(`There is no file "${name}".`);
  return work(await CsvFile.at(name));
}

function lineOf(error: { line: number; field: string | null; value: string | null; reason: string }): string {
  const cell =
    error.field === null
      ? ''
      : ` ${error.field}${error.value === null ? '' : ` ${JSON.stringify(error.value)}`}:`;
  return `line ${error.line}:${cell} ${error.reason}`;
}

function sayHidden(count: number): void {
  if (count > 0) say(`and ${count} more`);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
