import { Command } from 'commander';
import { SYSTEM_ACTOR } from '../../kernel/access/actor.js';
import type { CalendarDate } from '../../kernel/calendar/calendar-date.js';
import { printedDollars } from '../../kernel/money/printed-amount.js';
import { InstallmentPostingService } from '../../modules/loans/index.js';
import { withServices } from '../cli-context.js';
import { parseDate } from '../date-option.js';

interface PostWeekOptions {
  readonly periodStart?: CalendarDate;
  readonly loan?: string;
  readonly installment?: readonly string[];
  readonly dryRun?: boolean;
}

const collect = (value: string, earlier: readonly string[] = []): readonly string[] => [...earlier, value];

export const postWeek = new Command('post-week')
  .description('Post the due installments of a payment week to the ledger (default: the current week)')
  .option('--period-start <date>', 'the Sunday of the week, YYYY-MM-DD', parseDate)
  .option('--loan <id>', 'post only this loan, for example DL-2025-0001')
  .option('--installment <id>', 'post only this installment, repeated for several, of any weeks', collect)
  .option('--dry-run', 'report what would be posted, but post nothing')
  .action(async ({ periodStart, loan, installment, dryRun }: PostWeekOptions) => {
    const result = await withServices((find) =>
      find(InstallmentPostingService).postPeriod(SYSTEM_ACTOR, 'CLI', {
        payment_period_start: periodStart,
        loan_id: loan,
        installment_ids: installment,
        dry_run: dryRun ?? false,
      }),
    );
    const week = `${result.period_start} to ${result.period_end}`;
    process.stdout.write(
      `${result.message} (${week}, ${printedDollars(result.total_amount_posted)}, run ${result.run_id})\n`,
    );
    for (const { installment_id: id, message } of result.errors ?? []) {
      process.stderr.write(id === null ? `${message}\n` : `${id}: ${message}\n`);
    }
    if (!result.success) process.exitCode = 1;
  });
