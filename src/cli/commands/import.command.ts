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
import { Progress } from '../progress.js';
import { UsageError } from '../usage-error.js';

export const importDrivers = importCommand('drivers', DriverImportService, 'drivers:manage')
  .description('Create and update drivers from a CSV file')
  .argument(
    '<file>',
    'CSV: tlc_license_number, first_name, last_name … or the city\'s list "Medallion Drivers - Active"',
  );

export const importLeases = importCommand('leases', LeaseImportService, 'leases:manage')
  .description('Create and update leases from a CSV file')
  .argument('<file>', 'CSV: lease_number, tlc_license_number, medallion_number, vehicle_plate, start_date …');

export const importLoans = importCommand('loans', LoanImportService, 'loans:create')
  .description('Create loans from a CSV file')
  .argument('<file>', 'CSV: reference, tlc_license_number, lease_number, loan_amount, start_week …');

interface ImportCommandOptions {
  readonly as?: string;
  readonly dryRun?: boolean;
  readonly allOrNothing?: boolean;
  readonly keepGoodRows?: boolean;
}

/** The import service of a module. */
interface Importer {
  import(actor: Actor, file: CsvFile, options: ImportOptions): Promise<ImportReportView>;
}

/**
 * A command that imports a file and writes a report of the rejected lines to stdout. The exit code is 1 if a row was
 * rejected. The user of --as needs `permission`.
 */
function importCommand(kind: string, importer: Type<Importer>, permission: Permission): Command {
  return new Command(`import:${kind}`)
    .option('--as <email>', 'import as this user; required for loans that need an approval')
    .option('--dry-run', 'report what the import would do, but write nothing')
    .option('--all-or-nothing', 'write nothing if any row is invalid (default for loans)')
    .option('--keep-good-rows', 'write the valid rows (default for drivers and leases)')
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
      for (const error of report.errors) print(lineOf(error));
      printHiddenCount(report.errors_total - report.errors.length);
      print(report.message);
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
  const progress = new Progress();
  try {
    return await importer.import(actor, file, {
      dry_run: dryRun,
      all_or_nothing: keepGoodRows ? false : allOrNothing,
      onProgress: (rows, bytes) => progress.show(kind, `${rows} rows read`, bytes / Math.max(file.bytes, 1)),
    });
  } catch (error) {
    if (error instanceof DomainError) {
      for (const { line, field, value, message } of error.fields) {
        print(lineOf({ line: line ?? 0, field: field || null, value: value ?? null, reason: message }));
      }
    }
    throw error;
  } finally {
    progress.stop();
  }
}

/** The named file, or stdin for the name `-`. */
async function withFile<T>(name: string, work: (file: CsvFile) => Promise<T>): Promise<T> {
  if (name === '-') return withUpload(process.stdin, Number.MAX_SAFE_INTEGER, work);
  const found = await stat(name).catch(() => null);
  if (found === null) throw new UsageError(`There is no file "${name}".`);
  if (found.isDirectory()) throw new UsageError(`"${name}" is a folder. Give the path of a file.`);
  if (!found.isFile()) throw new UsageError(`"${name}" is not a file. Use "-" to read a pipe.`);
  return work(await CsvFile.at(name));
}

function lineOf(error: { line: number; field: string | null; value: string | null; reason: string }): string {
  const { line, field, value, reason } = error;
  if (field === null) return `line ${line}: ${reason}`;
  const cell = value === null ? field : `${field} ${JSON.stringify(value)}`;
  // most reasons begin with the field, which the line has already named
  const rest = reason.startsWith(`${field} `) ? reason.slice(field.length + 1) : reason;
  return `line ${line}: ${cell}: ${rest}`;
}

function printHiddenCount(count: number): void {
  if (count > 0) print(`and ${count} more`);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
