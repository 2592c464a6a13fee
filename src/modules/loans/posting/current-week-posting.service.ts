import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../kernel/access/actor.js';
import { yearOf } from '../../../kernel/calendar/calendar-date.js';
import { Clock } from '../../../kernel/clock/clock.js';
import type { Tx } from '../../../platform/database/transactions.js';
import { CreditApplicationService } from '../../ledger/index.js';
import { InstallmentPostingRepository } from './installment-posting.repository.js';
import { PostingRunRepository } from '../posting-runs/posting-run.repository.js';

/**
 * Posts the current week of loans that become ACTIVE after the week's scheduled run (docs/domain.md, "The current week after
 * its run"), because no later run would post it on time.
 */
@Injectable()
export class CurrentWeekPostingService {
  constructor(
    private readonly clock: Clock,
    private readonly posting: InstallmentPostingRepository,
    private readonly runs: PostingRunRepository,
    private readonly credits: CreditApplicationService,
  ) {}

  /**
   * If the scheduled run of the current week has begun, posts what the loans have due in it and applies the drivers' credits.
   * The drivers' accounts must be locked. Returns the number of posted installments.
   */
  async post(
    tx: Tx,
    actor: Actor,
    loanIds: readonly string[],
    driverIds: readonly number[],
  ): Promise<number> {
    const week = this.clock.currentWeek();
    if (loanIds.length === 0 || !(await this.runs.hasBegun(tx, week.start))) return 0;
    const recording = [yearOf(this.clock.today()), this.clock.now(), actor.userId] as const;
    const { posted } = await this.posting.postWeek(tx, recording, week, loanIds);
    await this.credits.apply(tx, driverIds);
    return posted;
  }
}
