import { Module } from '@nestjs/common';
import { DriversModule } from '../drivers/index.js';
import { LeasesModule } from '../leases/index.js';
import { LedgerModule } from '../ledger/index.js';
import { InstallmentsController } from './http/installments.controller.js';
import { LoanLifeController } from './http/loan-life.controller.js';
import { LoanReportsController } from './http/loan-reports.controller.js';
import { LoansController } from './http/loans.controller.js';
import { InstallmentPostingService } from './installment-posting.service.js';
import { LoanAccountService } from './loan-account.service.js';
import { LoanApprovalService } from './loan-approval.service.js';
import { LoanBalanceFollower } from './loan-balance-follower.js';
import { LoanCreationService } from './loan-creation.service.js';
import { LoanEditingService } from './loan-editing.service.js';
import { LoanImportService } from './loan-import.service.js';
import { LOAN_METRIC_PROVIDERS, LoanMetrics } from './loan-metrics.js';
import { LoanPayoffService } from './loan-payoff.service.js';
import { LoanPlanningService } from './loan-planning.service.js';
import { LoanReadingService } from './loan-reading.service.js';
import { LoanReportingService } from './loan-reporting.service.js';
import { LoanStatusService } from './loan-status.service.js';
import { LoanVerification } from './loan-verification.js';
import { LoanWriteOffService } from './loan-write-off.service.js';
import { InstallmentQuery } from './queries/installment.query.js';
import { LoanHistoryQuery } from './queries/loan-history.query.js';
import { LoanReportQuery } from './queries/loan-report.query.js';
import { LoanQuery } from './queries/loan.query.js';
import { PostingRunQuery } from './queries/posting-run.query.js';
import { InstallmentPostingRepository } from './repositories/installment-posting.repository.js';
import { InstallmentRepository } from './repositories/installment.repository.js';
import { LoanBalanceRepository } from './repositories/loan-balance.repository.js';
import { LoanImportRepository } from './repositories/loan-import.repository.js';
import { LoanRepository } from './repositories/loan.repository.js';
import { PostingRunRepository } from './repositories/posting-run.repository.js';

@Module({
  imports: [DriversModule, LeasesModule, LedgerModule],
  controllers: [InstallmentsController, LoanReportsController, LoansController, LoanLifeController],
  providers: [
    InstallmentPostingRepository,
    InstallmentPostingService,
    InstallmentQuery,
    InstallmentRepository,
    LoanAccountService,
    LoanApprovalService,
    LoanBalanceFollower,
    LoanBalanceRepository,
    LoanCreationService,
    LoanEditingService,
    LoanHistoryQuery,
    LoanImportRepository,
    LoanImportService,
    LoanMetrics,
    LoanPayoffService,
    LoanPlanningService,
    LoanQuery,
    LoanReadingService,
    LoanReportQuery,
    LoanReportingService,
    LoanRepository,
    LoanStatusService,
    LoanVerification,
    LoanWriteOffService,
    PostingRunQuery,
    PostingRunRepository,
    ...LOAN_METRIC_PROVIDERS,
  ],
  exports: [InstallmentPostingService, LoanCreationService, LoanImportService, LoanStatusService],
})
export class LoansModule {}
