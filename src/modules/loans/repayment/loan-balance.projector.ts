import { Injectable, OnModuleInit } from '@nestjs/common';
import type { Permission } from '../../../kernel/access/actor.js';
import { Clock } from '../../../kernel/clock/clock.js';
import { Money } from '../../../kernel/money/money.js';
import type { Tx } from '../../../platform/database/transactions.js';
import {
  BalanceChange,
  BalanceObserver,
  BalanceObserverRegistry,
  PostingToVoid,
  VoidedBalance,
} from '../../ledger/index.js';
import { splitSettlement } from './installment-payment.js';
import { INSTALLMENT_SOURCE } from '../loan/ledger-source.js';
import { permissionsToVoid } from '../loan/separation-of-duties.js';
import { InstallmentRepository } from '../schedule/installment.repository.js';
import { LoanBalanceRepository } from './loan-balance.repository.js';
import { LoanRepository } from '../loan/loan.repository.js';

/**
 * Updates installments and loans when their ledger balances change by payments, write-offs or voids, in the transaction
 * of the ledger.
 */
@Injectable()
export class LoanBalanceProjector implements BalanceObserver, OnModuleInit {
  readonly reservedReferenceTypes = [INSTALLMENT_SOURCE];

  constructor(
    private readonly observers: BalanceObserverRegistry,
    private readonly clock: Clock,
    private readonly loans: LoanRepository,
    private readonly installments: InstallmentRepository,
    private readonly balances: LoanBalanceRepository,
  ) {}

  onModuleInit(): void {
    this.observers.register(this);
  }

  permissionsToVoid(posting: PostingToVoid): readonly Permission[] {
    return permissionsToVoid(posting, this.clock.today());
  }

  async balancesChanged(tx: Tx, changes: readonly BalanceChange[]): Promise<void> {
    const paidOn = new Map<string, Money>(
      changes
        .filter(({ referenceType }) => referenceType === INSTALLMENT_SOURCE)
        .map(({ referenceId, paymentApplied }) => [referenceId, paymentApplied]),
    );
    if (paidOn.size === 0) return;
    const at = this.clock.now();
    const installmentIds = [...paidOn.keys()];
    const [loanIds, owed, writtenOff] = await Promise.all([
      this.loans.lockOfInstallments(tx, installmentIds),
      this.installments.lockOwed(tx, installmentIds),
      this.balances.writtenOffOf(tx, installmentIds),
    ]);
    const settlements = owed.map((installment) => ({
      installmentId: installment.installmentId,
      settlement: splitSettlement(
        {
          applied: paidOn.get(installment.installmentId) ?? Money.ZERO,
          writtenOff: writtenOff.get(installment.installmentId) ?? Money.ZERO,
        },
        installment,
      ),
    }));
    await Promise.all([
      this.installments.applySettlements(tx, settlements, at),
      this.balances.restoreWrittenOff(tx, loanIds, at),
      this.loans.recomputeFromInstallments(tx, loanIds, at),
    ]);
  }

  /** An installment whose balance was voided becomes unposted, so that it can be posted again. */
  async balanceVoided(tx: Tx, { referenceType, referenceId, balanceId }: VoidedBalance): Promise<void> {
    if (referenceType !== INSTALLMENT_SOURCE) return;
    const { loanId } = await this.installments.get(tx, referenceId);
    await this.loans.lock(tx, loanId);
    await this.installments.revertPosting(tx, referenceId, balanceId, this.clock.now());
  }
}
