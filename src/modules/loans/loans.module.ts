import { Module } from '@nestjs/common';
import { DriversModule } from '../drivers/index.js';
import { LeasesModule } from '../leases/index.js';
import { LedgerModule } from '../ledger/index.js';
import { UsersModule } from '../users/index.js';
import { registerChecks } from '../../platform/integrity/integrity-checks.js';
import { InstallmentsController } from './http/installments.controller.js';
import { LoanExportsController } from './http/loan-exports.controller.js';
import { LoanLifeController } from './http/loan-life.controller.js';
import { LoanReportsController } from './http/loan-reports.controller.js';
import { LoansController } from './http/loans.controller.js';
import { AbandonedRunsService } from './abandoned-runs.service.js';
import { CurrentWeekPostingService } from './current-week-posting.service.js';
import { InstallmentPostingService } from './installment-posting.service.js';
import { LoanAccountService } from './loan-account.service.js';
import { LoanAgreementService } from './loan-agreement.service.js';
import { LoanApprovalService } from './loan-approval.service.js';
import { LoanBalanceFollower } from './loan-balance-follower.js';
import { LoanCreationService } from './loan-creation.service.js';
import { LoanEditingService } from './loan-editing.service.js';
import { LOAN_GAUGE_PROVIDERS, LoanGauges } from './loan-gauges.js';
import { LoanExportService } from './loan-export.service.js';
import { LoanExposureService } from './loan-exposure.service.js';
import { LoanImportService } from './loan-import.service.js';
import { LOAN_METRIC_PROVIDERS, LoanMetrics } from './loan-metrics.js';
import { LoanLog } from './loan-log.js';
import { LoanPayoffUndoService } from './loan-payoff-undo.service.js';
import { LoanPayoffService } from './loan-payoff.service.js';
import { LoanPlanningService } from './loan-planning.service.js';
import { LoanReadingService } from './loan-reading.service.js';
import { LoanRecoveryService } from './loan-recovery.service.js';
import { LoanReportingService } from './loan-reporting.service.js';
import { LoanStatusService } from './loan-status.service.js';
import { LoanTransactionsService } from './loan-transactions.service.js';
import { LoanWriteOffService } from './loan-write-off.service.js';
import { PostingTimetable } from './posting-timetable.js';
import { InstallmentQuery } from './queries/installment.query.js';
import { LOAN_TABLES } from './queries/loan-checks.query.js';
import { LoanGaugesQuery } from './queries/loan-gauges.query.js';
import { LoanHistoryQuery } from './queries/loan-history.query.js';
import { LoanReportQuery } from './queries/loan-report.query.js';
import { LoanVersionQuery } from './queries/loan-version.query.js';
import { LoanQuery } from './queries/loan.query.js';
import { POSTING_EVIDENCE } from './queries/posting-evidence.query.js';
import { PostingRunQuery } from './queries/posting-run.query.js';
import { SEALED_LOANS } from './queries/sealed-loans.js';
import { InstallmentPostingRepository } from './repositories/installment-posting.repository.js';
import { InstallmentRepository } from './repositories/installment.repository.js';
import { LoanBalanceRepository } from './repositories/loan-balance.repository.js';
import { LoanExposureRepository } from './repositories/loan-exposure.repository.js';
import { LoanImportRepository } from './repositories/loan-import.repository.js';
import { LoanVersionRepository } from './repositories/loan-version.repository.js';
import { LoanRepository } from './repositories/loan.repository.js';
import { PayoffRepository } from './repositories/payoff.repository.js';
import { PostingRunRepository } from './repositories/posting-run.repository.js';

@Module({
  imports: [UsersModule, DriversModule, LeasesModule, LedgerModule],
  controllers: [
    InstallmentsController,
    LoanReportsController,
    LoansController,
    LoanExportsController,
    LoanLifeController,
  ],
  providers: [
    AbandonedRunsService,
    CurrentWeekPostingService,
    InstallmentPostingRepository,
    InstallmentPostingService,
    InstallmentQuery,
    InstallmentRepository,
    LoanAccountService,
    LoanAgreementService,
    LoanApprovalService,
    LoanBalanceFollower,
    LoanBalanceRepository,
    LoanCreationService,
    LoanEditingService,
    LoanGauges,
    LoanGaugesQuery,
    LoanExportService,
    LoanExposureRepository,
    LoanExposureService,
    LoanHistoryQuery,
    LoanImportRepository,
    LoanImportService,
    LoanLog,
    LoanMetrics,
    LoanPayoffService,
    LoanPayoffUndoService,
    LoanPlanningService,
    LoanQuery,
    LoanReadingService,
    LoanRecoveryService,
    LoanReportQuery,
    LoanReportingService,
    LoanRepository,
    LoanStatusService,
    LoanTransactionsService,
    registerChecks(...LOAN_TABLES, POSTING_EVIDENCE, ...SEALED_LOANS),
    LoanVersionQuery,
    LoanVersionRepository,
    LoanWriteOffService,
    PayoffRepository,
    PostingRunQuery,
    PostingRunRepository,
    PostingTimetable,
    ...LOAN_GAUGE_PROVIDERS,
    ...LOAN_METRIC_PROVIDERS,
  ],
  exports: [
    AbandonedRunsService,
    InstallmentPostingService,
    LoanCreationService,
    LoanImportService,
    LoanStatusService,
    PostingTimetable,
  ],
})
export class LoansModule {}
