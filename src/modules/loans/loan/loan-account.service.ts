import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../kernel/access/actor.js';
import { Clock } from '../../../kernel/clock/clock.js';
import type { Tx } from '../../../platform/database/transactions.js';
import { SettlementService, Settlement } from '../../ledger/index.js';
import type { DriverLoan } from './driver-loan.entity.js';
import { checkOpen } from './loan-status.js';
import { LoanRepository } from './loan.repository.js';
import { PostingLockRepository } from './posting-lock.repository.js';

/** Locks and settles a loan together with its driver's ledger account. */
@Injectable()
export class LoanAccountService {
  constructor(
    private readonly clock: Clock,
    private readonly loans: LoanRepository,
    private readonly postingLock: PostingLockRepository,
    private readonly settlement: SettlementService,
  ) {}

  /** As `lockForChange`. Throws LOAN_NOT_OPEN unless the loan is open. */
  async lockOpen(tx: Tx, loanId: string): Promise<DriverLoan> {
    const loan = await this.lockForChange(tx, loanId);
    checkOpen(loan);
    return loan;
  }

  /**
   * Locks the posting lock, the driver's account and the loan, so that no posting, status change, payment or void can happen
   * until the transaction ends. Throws LOAN_NOT_FOUND.
   */
  async lockForChange(tx: Tx, loanId: string): Promise<DriverLoan> {
    await this.postingLock.acquire(tx);
    return this.lock(tx, loanId);
  }

  /**
   * Locks the driver's account and the loan, so that no payment or void can happen until the transaction ends. Throws
   * LOAN_NOT_FOUND.
   */
  async lock(tx: Tx, loanId: string): Promise<DriverLoan> {
    const { driverId, leaseId } = await this.loans.get(tx, loanId);
    await this.settlement.lockAccount(tx, driverId, leaseId);
    return this.loans.lock(tx, loanId);
  }

  /** Settles balances of the loan with one CREDIT of the current payment week. Returns its posting id. */
  async settle(
    tx: Tx,
    actor: Actor,
    loan: DriverLoan,
    credit: Pick<Settlement, 'sourceType' | 'sourceId' | 'sourceField' | 'description' | 'receipt' | 'parts'>,
  ): Promise<string> {
    const { postingId } = await this.settlement.settle(tx, actor, {
      driverId: loan.driverId,
      leaseId: loan.leaseId,
      week: this.clock.currentWeek(),
      ...credit,
    });
    return postingId;
  }
}
