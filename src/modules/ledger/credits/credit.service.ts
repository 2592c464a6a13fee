import { Injectable, Logger, OnApplicationBootstrap } from '@nestjs/common';
import type { Actor } from '../../../kernel/access/actor.js';
import { SYSTEM_ACTOR } from '../../../kernel/access/actor.js';
import { AuditLog } from '../../../platform/audit/audit-log.js';
import { Transactions } from '../../../platform/database/transactions.js';
import type { IdempotentRequest } from '../../../platform/idempotency/idempotent-request.js';
import { CreditApplicationService } from './credit-application.service.js';

import { SettlementService } from '../payments/settlement.service.js';
import { CreditQuery } from './credit.query.js';
import type { CreditApplicationView, CreditPageView } from './credit.view.js';
import type { ApplyCreditsInput, CreditListInput } from './credit.input.js';

/** Credits as a clerk sees them: what payments of drivers have left over, and their use on request. */
@Injectable()
export class CreditService implements OnApplicationBootstrap {
  private readonly logger = new Logger(CreditService.name);

  constructor(
    private readonly transactions: Transactions,
    private readonly settlement: SettlementService,
    private readonly application: CreditApplicationService,
    private readonly credits: CreditQuery,
    private readonly audit: AuditLog,
  ) {}

  list(query: CreditListInput): Promise<CreditPageView> {
    return this.credits.list(query);
  }

  /**
   * Release 0.1 left credits until the next payment: what lies beside debts in its books pays them at the first start. An
   * account that cannot be put right does not stop the service: the verification names it.
   */
  async onApplicationBootstrap(): Promise<void> {
    const drivers = await this.transactions.run((tx) => this.application.findDriversLeft(tx));
    for (const driver_id of drivers) {
      try {
        await this.apply(SYSTEM_ACTOR, { driver_id, dry_run: false });
      } catch (error) {
        this.logger.error(error, `the credits of driver ${driver_id} could not be applied`);
      }
    }
  }

  /**
   * Pays the driver's open debts with the driver's credits. All that happens in the ledger does so by itself: this is for
   * books that were changed in another way. Throws DRIVER_UNKNOWN.
   */
  apply(
    actor: Actor,
    { driver_id, dry_run }: ApplyCreditsInput,
    request?: IdempotentRequest,
  ): Promise<CreditApplicationView> {
    return this.transactions.runOnceOrDryRun({ dryRun: dry_run, request }, async (tx) => {
      await this.settlement.lockDriver(tx, driver_id);
      const { allocations, amount } = await this.application.apply(tx, [driver_id]);
      const answer = {
        driver_id,
        credit_used: amount.toString(),
        allocations: [...allocations],
        credit_left: await this.credits.leftOver(driver_id, tx),
      };
      await this.audit.record(tx, actor, {
        action: 'ledger.apply-credits',
        recordType: 'driver',
        recordId: driver_id,
        after: answer,
      });
      return answer;
    });
  }
}
