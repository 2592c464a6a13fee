import { Module } from '@nestjs/common';
import { DriversModule } from '../drivers/index.js';
import { LeasesModule } from '../leases/index.js';
import { LedgerModule } from '../ledger/index.js';
import { UsersModule } from '../users/index.js';
import { registerChecks } from '../../platform/integrity/integrity-checks.js';
import { InstallmentsController } from './schedule/installments.controller.js';
import { LoanExportsController } from './exports/loan-exports.controller.js';
import { LoanLifeController } from './servicing/loan-lifecycle.controller.js';
import { LoanReportsController } from './reports/loan-reports.controller.js';
import { LoansController } from './loan/loans.controller.js';
import { AbandonedRunsService } from './posting-runs/abandoned-runs.service.js';
import { CurrentWeekPostingService } from './posting/current-week-posting.service.js';
import { InstallmentPostingService } from './posting/installment-posting.service.js';
import { LoanAccountService } from './servicing/loan-account.service.js';
import { LoanAgreementService } from './documents/loan-agreement.service.js';
import { LoanApprovalService } from './origination/loan-approval.service.js';
import { LoanBalanceFollower } from './repayment/loan-balance.projector.js';
import { LoanCreationService } from './origination/loan-creation.service.js';
import { LoanEditingService } from './origination/loan-update.service.js';
import { LOAN_GAUGE_PROVIDERS, LoanGauges } from './monitoring/loan-gauges.collector.js';
import { LoanExportService } from './exports/loan-export.service.js';
import { LoanExposureService } from './origination/loan-exposure.service.js';
import { LoanImportService } from './import/loan-import.service.js';
import { LOAN_METRIC_PROVIDERS, LoanMetrics } from './monitoring/loan-metrics.service.js';
import { LoanLog } from './monitoring/loan-log.service.js';
import { LoanPayoffUndoService } from './servicing/payoff/payoff-undo.service.js';
import { LoanPayoffService } from './servicing/payoff/payoff.service.js';
import { LoanPlanningService } from './schedule/loan-schedule.service.js';
import { LoanReadingService } from './loan/loan-query.service.js';
import { LoanRecoveryService } from './servicing/write-off/recovery.service.js';
import { LoanReportingService } from './reports/loan-report.service.js';
import { LoanStatusService } from './servicing/loan-status.service.js';
import { LoanTransactionsService } from './repayment/loan-transactions.service.js';
import { LoanWriteOffService } from './servicing/write-off/write-off.service.js';
import { PostingTimetable } from './posting/posting-schedule.service.js';
import { InstallmentQuery } from './schedule/installment.query.js';
import { LOAN_TABLES } from './integrity/loan-checks.query.js';
import { LoanGaugesQuery } from './monitoring/loan-gauges.query.js';
import { LoanHistoryQuery } from './loan/loan-history.query.js';
import { LoanReportQuery } from './reports/loan-report.query.js';
import { LoanVersionQuery } from './schedule/loan-version.query.js';
import { LoanQuery } from './loan/loan.query.js';
import { POSTING_EVIDENCE } from './integrity/posting-evidence.query.js';
import { PostingRunQuery } from './posting-runs/posting-run.query.js';
import { SEALED_LOANS } from './integrity/sealed-loans.query.js';
import { InstallmentPostingRepository } from './posting/installment-posting.repository.js';
import { InstallmentRepository } from './schedule/installment.repository.js';
import { LoanBalanceRepository } from './repayment/loan-balance.repository.js';
import { LoanExposureRepository } from './origination/loan-exposure.repository.js';
import { LoanImportRepository } from './import/loan-import.repository.js';
import { LoanVersionRepository } from './schedule/loan-version.repository.js';
import { LoanRepository } from './loan/loan.repository.js';
import { PayoffRepository } from './servicing/payoff/payoff.repository.js';
import { PostingRunRepository } from './posting-runs/posting-run.repository.js';

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
