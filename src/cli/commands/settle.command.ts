import { Command } from 'commander';
import type { CalendarDate } from '../../kernel/calendar/calendar-date.js';
import { Money } from '../../kernel/money/money.js';
import { printedDollars } from '../../kernel/money/printed-amount.js';
import { counted } from '../../kernel/text/sentence.js';
import { SettlementFileService } from '../../modules/ledger/index.js';
import type { SettlementResultView } from '../../modules/ledger/index.js';
import { actorOf } from '../acting-user.js';
import { withServices } from '../cli-context.js';
import { print, printHiddenCount, printLine, withFile } from '../csv-command.js';
import { parseDate } from '../date-option.js';
import { Progress } from '../progress.js';

interface SettleOptions {
  readonly periodStart: CalendarDate;
  readonly minTakeHome?: string;
  readonly as?: string;
  readonly dryRun?: boolean;
}

export const settle = new Command('settle')
  .description('Settle the earnings of many drivers from a CSV file')
  .argument('<file>', 'CSV: tlc_license_number, lease_number, amount, reference, min_take_home; - for stdin')
  .requiredOption('--period-start <date>', 'the Sunday of the week, YYYY-MM-DD', parseDate)
  .option(
    '--min-take-home <amount>',
    'what drivers keep at least, such as 150.00 or 25% (default: SETTLEMENT_MIN_TAKE_HOME)',
  )
  .option('--as <email>', 'settle as this user')
  .option('--dry-run', 'report what the run would do, but write nothing')
  .action(async (name: string, options: SettleOptions) => {
    const run = await withFile(name, (file) =>
      withServices(async (find) => {
        const actor = await actorOf(find, options.as, 'settle earnings', 'ledger:post');
        const progress = new Progress();
        const terms = {
          payment_period_start: options.periodStart,
          min_take_home: options.minTakeHome,
          dry_run: options.dryRun,
        };
        const onProgress = (done: number, total: number): void =>
          progress.show('settlement', `${done} of ${counted(total, 'line')}`, done / total);
        try {
          return await find(SettlementFileService).settle(actor, file, terms, { onProgress });
        } finally {
          progress.stop();
        }
      }),
    );
    report(run);
    if (run.lines_rejected > 0) process.exitCode = 1;
  });

/** A dry run answers the present run if the same lines were sent before. */
function outlookOf({ run_id: present, status }: SettlementResultView): string {
  const nothing = 'Dry run, nothing was written.';
  if (present === null) return nothing;
  return status === 'COMPLETED'
    ? `${nothing} These lines are settled already, by settlement run ${present}.`
    : `${nothing} Settlement run ${present} has these lines and would be continued.`;
}

function report(run: SettlementResultView): void {
  const rejected = run.lines.flatMap(({ line_number, error }) => (error ? [{ line_number, error }] : []));
  for (const { line_number, error } of rejected) printLine(line_number, error.message);
  printHiddenCount(run.lines_rejected - rejected.length, 'rejected line');
  const [earnings, applied, net] = [run.total_earnings, run.total_applied, run.total_net].map((amount) =>
    printedDollars(Money.of(amount)),
  );
  print(
    `${run.dry_run ? outlookOf(run) : `Settlement run ${run.run_id}.`} ` +
      `Read ${counted(run.lines_total, 'line')}: ${run.lines_paid} paid, ${run.lines_nothing_due} with nothing due, ` +
      `${run.lines_rejected} rejected. Earnings ${earnings}: applied ${applied}, net pay ${net}.`,
  );
}
