import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock/clock.js';
import { DomainError } from '../../../kernel/errors/domain-error.js';
import type { RecordSource } from '../../../platform/changes/recorded-change.js';
import { Money } from '../../../kernel/money/money.js';
import { AuditQuery } from '../../../platform/audit/audit.query.js';
import type { Page, SqlRunner } from '../../../platform/database/page.js';
import { Transactions } from '../../../platform/database/transactions.js';
import { leftToRecover } from '../loan/recovery.js';

import { historyItemOf } from './loan.view.js';

import { InstallmentQuery } from '../installments/installment.query.js';
import { LoanHistoryQuery } from './loan-history.query.js';
import type { LoanRecord } from './loan.query.js';
import { LoanQuery } from './loan.query.js';
import { loanNotFound } from '../loan/loan.repository.js';
import type { LoanListInput } from './loan.input.js';
import type { LoanStatisticsInput } from './loan.input.js';
import type { InstallmentView } from '../installments/installment.view.js';
import type { LoanDetailView, LoanHistoryView, LoanListItemView } from './loan.view.js';
import type { LoanStatisticsView } from './loan.view.js';

/** Reads loans with their current values, and their history. */
@Injectable()
export class LoanQueryService implements RecordSource<string, LoanDetailView> {
  readonly recordType = 'loan';
  readonly viewVersion = 1;

  constructor(
    private readonly clock: Clock,
    private readonly loans: LoanQuery,
    private readonly installments: InstallmentQuery,
    private readonly history: LoanHistoryQuery,
    private readonly auditTrail: AuditQuery,
    private readonly transactions: Transactions,
  ) {}

  listLoans(query: LoanListInput): Promise<Page<LoanListItemView>> {
    return this.loans.list(query, this.clock.today());
  }

  /**
   * Throws LOAN_NOT_FOUND.
   * @param db inside a transaction, pass its Tx to see its own writes
   */
  async get(loanId: string, db?: SqlRunner): Promise<LoanDetailView> {
    const read = (runner: SqlRunner) => this.listByIds([loanId], runner);
    const [loan] = await (db ? read(db) : this.transactions.readSnapshot(read));
    if (!loan) throw loanNotFound(loanId);
    return loan;
  }

  /** As `get`, for those of the loans that exist, in the order of the given ids. */
  async listByIds(loanIds: readonly string[], db: SqlRunner): Promise<LoanDetailView[]> {
    const today = this.clock.today();
    const [found, installments] = await Promise.all([
      this.loans.findAll(loanIds, today, db),
      this.installments.listOfLoans(loanIds, today, db),
    ]);
    const loans = new Map(found.map((loan) => [loan.loan_id, loan]));
    const schedules = new Map<string, InstallmentView[]>(loanIds.map((loanId) => [loanId, []]));
    for (const installment of installments) schedules.get(installment.loan_id)?.push(installment);
    return loanIds.flatMap((loanId) => {
      const loan = loans.get(loanId);
      return loan ? withSchedule(loan, schedules.get(loanId) ?? []) : [];
    });
  }

  /** Throws LOAN_UNKNOWN if the loan that a request names does not exist. */
  async requireLoan(loanId: string): Promise<void> {
    if (!(await this.loans.exists(loanId))) {
      throw new DomainError('LOAN_UNKNOWN', `There is no loan ${loanId}.`, [
        { field: 'loan_id', message: `There is no loan ${loanId}.` },
      ]);
    }
  }

  statistics(query: LoanStatisticsInput): Promise<LoanStatisticsView> {
    return this.loans.statistics(query);
  }

  /** The history of the loan, oldest first. Throws LOAN_NOT_FOUND. */
  async getHistory(loanId: string): Promise<LoanHistoryView> {
    if (!(await this.loans.exists(loanId))) throw loanNotFound(loanId);
    const changes = await this.history.list(loanId);
    const auditEntries = (await this.auditTrail.entriesOf('loan', loanId)).map(historyItemOf);
    return {
      items: [...changes, ...auditEntries].sort((left, right) => left.at.getTime() - right.at.getTime()),
    };
  }
}

function withSchedule(loan: LoanRecord, installments: InstallmentView[]): LoanDetailView {
  const active = installments.filter(({ status }) => status !== 'SKIPPED');
  const settled = active.filter(({ status }) => status === 'PAID');
  return {
    ...loan,
    total_installments: active.length,
    paid_installments: settled.filter((installment) => !hasWriteOff(installment)).length,
    pending_installments: active.length - settled.length,
    left_to_recover: leftToRecover({
      writtenOff: Money.sum(
        installments.flatMap((installment) => [
          Money.of(installment.principal_written_off),
          Money.of(installment.interest_written_off),
        ]),
      ),
      recovered: Money.of(loan.recovered),
    }).toString(),
    installments,
  };
}

function hasWriteOff({ principal_written_off, interest_written_off }: InstallmentView): boolean {
  return Money.of(principal_written_off).plus(Money.of(interest_written_off)).isPositive();
}
