import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock/clock.js';
import { Money } from '../../../kernel/money/money.js';
import { AppConfig } from '../../../platform/config/app-config.js';
import type { EntryLimits } from './plausible-entry.js';

/** The limits of manual entries, from the settings and today's date. */
@Injectable()
export class EntryLimitsService {
  constructor(
    private readonly config: AppConfig,
    private readonly clock: Clock,
  ) {}

  now(): EntryLimits {
    return {
      today: this.clock.today(),
      weeksBack: this.config.LEDGER_WEEKS_BACK,
      maxAmount: Money.of(this.config.LEDGER_MAX_AMOUNT),
    };
  }
}
