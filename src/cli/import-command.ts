import { stat } from 'node:fs/promises';
import { CommandRunner, Option } from 'nest-commander';
import type { Actor } from '../kernel/access/actor.js';
import { SYSTEM_ACTOR } from '../kernel/access/actor.js';
import type { Permission } from '../kernel/access/permission.js';
import { DomainError } from '../kernel/errors/domain-error.js';
import { permissionsOf, UserQueryService } from '../modules/users/index.js';
import { CsvFile } from '../platform/import/csv-file.js';
import { withUpload } from '../platform/import/csv-upload.js';
import type { ImportOptions } from '../platform/import/csv-imports.js';
import type { ImportReportView } from '../platform/import/import-report.js';
import { BackOffice, EXISTING_OR_NEW, ServiceFinder } from './back-office.js';
import { ImportProgress } from './import-progress.js';
import { UsageError } from './usage-error.js';

interface ImportCommandOptions {
  readonly as?: string;
  readonly dryRun?: boolean;
  readonly allOrNothing?: boolean;
  readonly keepGoodRows?: boolean;
}

/** The service of a module that imports its kind of file. */
export interface Importer {
  import(actor: Actor, file: CsvFile, options: ImportOptions): Promise<ImportReportView>;
}

/** What the imports have in common: a file, the report by line on stdout, exit code 1 where a row was rejected. */
export abstract class ImportCommand extends CommandRunner {
  constructor(private readonly backOffice: BackOffice) {
    super();
  }

  /** What the rows are, such as `drivers` */
  protected abstract readonly kind: string;

  /** What the user of --as must be allowed to do */
  protected abstract readonly permission: Permission;

  protected abstract importer(find: ServiceFinder): Importer;

  override async run([name = '']: string[], asked: ImportCommandOptions): Promise<void> {
    if (asked.allOrNothing && asked.keepGoodRows) {
      throw new UsageError('Choose --all-or-nothing or --keep-good-rows, not both.');
    }
    const report = await withFile(name, (file) =>
      this.backOffice.open((find) => this.import(find, file, asked), EXISTING_OR_NEW),
    );
    for (const error of report.errors) say(lineOf(error));
    sayHidden(report.errors_total - report.errors.length);
    say(report.message);
    if (report.rejected > 0) process.exitCode = 1;
  }

  private async import(
    find: ServiceFinder,
    file: CsvFile,
    { as, dryRun, allOrNothing, keepGoodRows }: ImportCommandOptions,
  ): Promise<ImportReportView> {
    const actor = as === undefined ? SYSTEM_ACTOR : await this.actorOf(find(UserQueryService), as);
    const progress = new ImportProgress(this.kind, file.bytes);
    try {
      return await this.importer(find).import(actor, file, {
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

  private async actorOf(users: UserQueryService, email: string): Promise<Actor> {
    const user = await users.findActiveByEmail(email);
    if (user === null) throw new UsageError(`There is no active user with the e-mail "${email}".`);
    const permissions = permissionsOf(user.roles);
    if (!permissions.has(this.permission)) {
      throw new UsageError(`${user.email} may not import ${this.kind}: ${this.permission} is missing.`);
    }
    return { userId: user.id, permissions };
  }

  @Option({
    flags: '--as <email>',
    description: 'the user who imports; loans that need an approval require one',
  })
  parseAs(email: string): string {
    return email;
  }

  @Option({ flags: '--dry-run', description: 'report what the import would do, and write nothing' })
  parseDryRun(): boolean {
    return true;
  }

  @Option({
    flags: '--all-or-nothing',
    description: 'write nothing where a single row is bad (default for loans)',
  })
  parseAllOrNothing(): boolean {
    return true;
  }

  @Option({ flags: '--keep-good-rows', description: 'write the good rows (default for drivers and leases)' })
  parseKeepGoodRows(): boolean {
    return true;
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
