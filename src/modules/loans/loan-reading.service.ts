import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock/clock.js';
import { DomainError } from '../../kernel/errors/domain-error.js';
import { Money } from '../../kernel/money/money.js';
import { AuditQuery } from '../../platform/audit/audit.query.js';
import type { Page, SqlRunner } from '../../platform/database/page.js';
import { leftToRecover } from './domain/recovery.js';
import type { InstallmentListDto } from './http/dto/installment-list.dto.js';
import type { UnpostedListDto } from './http/dto/unposted-list.dto.js';
import type { LoanListDto } from './http/dto/loan-list.dto.js';
import type { LoanStatisticsDto } from './http/dto/loan-statistics.dto.js';
import type { PostingRunListDto } from './http/dto/posting-run-list.dto.js';
import type {
  InstallmentListItem,
  InstallmentResponse,
  UnpostedInstallmentsResponse,
} from './http/installment.response.js';
import type { LoanHistoryResponse } from './http/loan-history.response.js';
import { historyItemOf } from './http/loan-history.response.js';
import type { LoanDetailResponse, LoanListItem } from './http/loan.response.js';
import type { LoanStatisticsResponse } from './http/loan-statistics.response.js';
import type { PostingRunDetailResponse, PostingRunResponse } from './http/posting-run.response.js';
import { InstallmentQuery } from './queries/installment.query.js';
import { LoanHistoryQuery } from './queries/loan-history.query.js';
import type { LoanRecord } from './queries/loan.query.js';
import { LoanQuery } from './queries/loan.query.js';
import { PostingRunQuery } from './queries/posting-run.query.js';
import { loanNotFound } from './repositories/loan.repository.js';

/** Loans, installments and posting runs as they stand now. */
@Injectable()
export class LoanReadingService {
  constructor(
    private readonly clock: Clock,
    private readonly loans: LoanQuery,
    private readonly installments: InstallmentQuery,
    private readonly history: LoanHistoryQuery,
    private readonly auditTrail: AuditQuery,
    private readonly runs: PostingRunQuery,
  ) {}

  listLoans(query: LoanListDto): Promise<Page<LoanListItem>> {
    return this.loans.list(query, this.clock.today());
  }

  /**
   * Throws LOAN_NOT_FOUND.
   * @param db the transaction that is under way, to see what it wrote
   */
  async getLoan(loanId: string, db?: SqlRunner): Promise<LoanDetailResponse> {
    const [loan] = await this.getLoans([loanId], db);
    if (!loan) throw loanNotFound(loanId);
    return loan;
  }

  /** As `getLoan`, for all of these that there are, in the order of the ids given. */
  async getLoans(loanIds: readonly string[], db?: SqlRunner): Promise<LoanDetailResponse[]> {
    const today = this.clock.today();
    const loans = new Map((await this.loans.findAll(loanIds, today, db)).map((loan) => [loan.loan_id, loan]));
    const schedules = new Map<string, InstallmentResponse[]>(loanIds.map((loanId) => [loanId, []]));
    const installments = await this.installments.listOfLoans(loanIds, today, db);
    for (const installment of installments) schedules.get(installment.loan_id)?.push(installment);
    return loanIds.flatMap((loanId) => {
      const loan = loans.get(loanId);
      return loan ? withSchedule(loan, schedules.get(loanId) ?? []) : [];
    });
  }

  /** Throws LOAN_UNKNOWN where a request names a loan that does not exist. */
  async requireLoan(loanId: string): Promise<void> {
    if (!(await this.loans.exists(loanId))) {
      throw new DomainError('LOAN_UNKNOWN', `There is no loan ${loanId}.`, [
        { field: 'loan_id', message: `There is no loan ${loanId}.` },
      ]);
    }
  }

  statistics(query: LoanStatisticsDto): Promise<LoanStatisticsResponse> {
    return this.loans.statistics(query);
  }

  /** What became of the loan, step by step, oldest first. Throws LOAN_NOT_FOUND. */
  async getHistory(loanId: string): Promise<LoanHistoryResponse> {
    if (!(await this.loans.exists(loanId))) throw loanNotFound(loanId);
    const changes = await this.history.list(loanId);
    const acts = (await this.auditTrail.entriesOf('loan', loanId)).map(historyItemOf);
    return { items: [...changes, ...acts].sort((left, right) => left.at.getTime() - right.at.getTime()) };
  }

  listInstallments(query: InstallmentListDto): Promise<Page<InstallmentListItem>> {
    return this.installments.list(query, this.clock.today());
  }

  listUnposted(query: UnpostedListDto): Promise<UnpostedInstallmentsResponse> {
    return this.installments.listUnposted(query, this.clock.today());
  }

  listRuns(query: PostingRunListDto): Promise<Page<PostingRunResponse>> {
    return this.runs.list(query);
  }

  async getRun(runId: number): Promise<PostingRunDetailResponse> {
    const run = await this.runs.find(runId);
    if (!run) throw new DomainError('POSTING_RUN_NOT_FOUND', `There is no posting run ${runId}.`);
    return run;
  }
}

function withSchedule(loan: LoanRecord, installments: InstallmentResponse[]): LoanDetailResponse {
  const counted = installments.filter(({ status }) => status !== 'SKIPPED');
  const paid = counted.filter(({ status }) => status === 'PAID').length;
  return {
    ...loan,
    total_installments: counted.length,
    paid_installments: paid,
    pending_installments: counted.length - paid,
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
