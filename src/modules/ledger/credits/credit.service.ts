import { Injectable, Logger, OnApplicationBootstrap } from '@nestjs/common';
import type { Actor } from '../../../kernel/access/actor.js';
import { SYSTEM_ACTOR } from '../../../kernel/access/actor.js';
import { Changes } from '../../../platform/changes/changes.js';
import { Transactions } from '../../../platform/database/transactions.js';
import type { IdempotentRequest } from '../../../platform/idempotency/idempotent-request.js';
import { CreditApplicationService } from './credit-application.service.js';

import { SettlementService } from '../payments/settlement.service.js';
import { CreditQuery } from './credit.query.js';
import type { CreditApplicationView, CreditPageView } from './credit.view.js';
import type { ApplyCreditsInput, CreditListInput } from './credit.input.js';

/** Lists the drivers' credits, and applies them on request. */
@Injectable()
export class CreditService implements OnApplicationBootstrap {
  private readonly logger = new Logger(CreditService.name);

  constructor(
    private readonly transactions: Transactions,
    private readonly changes: Changes,
    private readonly settlement: SettlementService,
    private readonly application: CreditApplicationService,
    private readonly credits: CreditQuery,
  ) {}

  list(query: CreditListInput): Promise<CreditPageView> {
    return this.credits.list(query);
  }

  /**
   * Release 0.1 left credits unused until the next payment, so the first start applies them. An account that fails does
   * not stop the service: the verification reports it.
   */
  async onApplicationBootstrap(): Promise<void> {
    const drivers = await this.transactions.run((tx) => this.application.findDriversWithUnappliedCredit(tx));
    for (const driver_id of drivers) {
      try {
        await this.apply(SYSTEM_ACTOR, { driver_id, dry_run: false });
      } catch (error) {
        this.logger.error(error, `the credits of driver ${driver_id} could not be applied`);
      }
    }
  }

  /**
   * Pays the driver's open balances with the driver's credits. Every change of the ledger does so already: this is for data
   * that was changed in another way. Throws DRIVER_UNKNOWN.
   */
  apply(
    actor: Actor,
    { driver_id, dry_run }: ApplyCreditsInput,
    request?: IdempotentRequest,
  ): Promise<CreditApplicationView> {
    return this.changes.run(actor, {
      action: 'ledger.apply-credits',
      record: { recordType: 'driver', viewVersion: 1 },
      request,
      dryRun: dry_run,
      work: async (tx) => {
        await this.settlement.lockDriver(tx, driver_id);
        const { allocations, amount } = await this.application.apply(tx, [driver_id]);
        const answer = {
          driver_id,
          credit_used: amount.toString(),
          allocations: [...allocations],
          credit_left: await this.credits.leftOver(driver_id, tx),
        };
        return { id: driver_id, answer };
      },
    });
  }
}
