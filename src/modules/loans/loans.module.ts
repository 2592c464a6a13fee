import { Module } from '@nestjs/common';
import { DriversModule } from '../drivers/index.js';
import { LeasesModule } from '../leases/index.js';
import { LedgerModule } from '../ledger/index.js';
import { UsersModule } from '../users/index.js';
import { registerChecks } from '../../platform/integrity/integrity-checks.js';
import { DriverAccountController } from './driver-account/driver-account.controller.js';
import { DriverAccountService } from './driver-account/driver-account.service.js';
import { LoansController } from './overview/loans.controller.js';
import { LoanOriginationController } from './origination/loan-origination.controller.js';
import { LoanImportController } from './import/loan-import.controller.js';
import { LoanStatusController } from './servicing/loan-status.controller.js';
import { InstallmentsController } from './installments/installments.controller.js';
import { PostingController } from './posting/posting.controller.js';
import { PostingRunsController } from './posting-runs/posting-runs.controller.js';
import { PayoffController } from './servicing/payoff/payoff.controller.js';
import { WriteOffController } from './servicing/write-off/write-off.controller.js';
import { LoanTransactionsController } from './repayment/loan-transactions.controller.js';
import { LoanAgreementController } from './documents/loan-agreement.controller.js';
import { LoanExportsController } from './exports/loan-exports.controller.js';
import { LoanReportsController } from './reports/loan-reports.controller.js';
import { AbandonedRunsService } from './posting/abandoned-runs/abandoned-runs.service.js';
import { CurrentWeekPostingService } from './posting/current-week-posting.service.js';
import { BatchPostingService } from './posting/batch-posting.service.js';
import { InstallmentPostingService } from './posting/installment-posting.service.js';
import { LoanAccountService } from './loan/loan-account.service.js';
import { LoanAgreementService } from './documents/loan-agreement.service.js';
import { LoanApprovalService } from './origination/approval/loan-approval.service.js';
import { LoanBalanceProjector } from './repayment/loan-balance.projector.js';
import { LoanCreationService } from './origination/loan-creation.service.js';
import { LoanUpdateService } from './origination/loan-update.service.js';
import { LOAN_GAUGE_PROVIDERS, LoanGaugeCollector } from './monitoring/loan-gauges.collector.js';
import { LoanExportService } from './exports/loan-export.service.js';
import { LoanExposureService } from './exposure/loan-exposure.service.js';
import { LoanImportService } from './import/loan-import.service.js';
import { LOAN_METRIC_PROVIDERS, LoanMetricsService } from './monitoring/loan-metrics.service.js';
import { LoanLogService } from './monitoring/loan-log.service.js';
import { PayoffUndoService } from './servicing/payoff/payoff-undo.service.js';
import { PayoffService } from './servicing/payoff/payoff.service.js';
import { LoanQuoteService } from './origination/loan-quote.service.js';
import { LoanQueryService } from './overview/loan-query.service.js';
import { RecoveryService } from './servicing/write-off/recovery.service.js';
import { LoanReportService } from './reports/loan-report.service.js';
import { LoanStatusService } from './servicing/loan-status.service.js';
import { LoanTransactionsService } from './repayment/loan-transactions.service.js';
import { WriteOffService } from './servicing/write-off/write-off.service.js';
import { PostingScheduleService } from './posting-runs/posting-schedule.service.js';
import { InstallmentQueryService } from './installments/installment-query.service.js';
import { PostingRunQueryService } from './posting-runs/posting-run-query.service.js';
import { InstallmentQuery } from './installments/installment.query.js';
import { LOAN_TABLES } from './integrity/loan-checks.query.js';
import { LoanGaugesQuery } from './monitoring/loan-gauges.query.js';
import { LoanHistoryQuery } from './overview/loan-history.query.js';
import { LoanReportQuery } from './reports/loan-report.query.js';
import { LoanVersionQuery } from './schedule/loan-version.query.js';
import { LoanQuery } from './overview/loan.query.js';
import { POSTING_RUN_TABLES } from './integrity/posting-run-checks.query.js';
import { POSTING_EVIDENCE } from './integrity/posting-evidence.query.js';
import { PostingRunQuery } from './posting-runs/posting-run.query.js';
import { SEALED_LOANS } from './integrity/sealed-loans.query.js';
import { InstallmentPostingRepository } from './posting/installment-posting.repository.js';
import { InstallmentRepository } from './schedule/installment.repository.js';
import { LoanBalanceRepository } from './repayment/loan-balance.repository.js';
import { LoanExposureRepository } from './exposure/loan-exposure.repository.js';
import { LoanImportRepository } from './import/loan-import.repository.js';
import { LoanVersionRepository } from './schedule/loan-version.repository.js';
import { LoanRepository } from './loan/loan.repository.js';
import { PayoffRepository } from './servicing/payoff/payoff.repository.js';
import { PostingRunRepository } from './posting-runs/posting-run.repository.js';
import { PostingLockRepository } from './loan/posting-lock.repository.js';
import { PostingBatchRepository } from './posting/posting-batch.repository.js';
import { ChosenInstallmentsRepository } from './posting/scope/chosen-installments.repository.js';
import { PostingScopeService } from './posting/scope/posting-scope.service.js';
import { PostingSlotsService } from './posting/posting-slots.service.js';

@Module({
  imports: [UsersModule, DriversModule, LeasesModule, LedgerModule],
  controllers: [
    DriverAccountController,
    InstallmentsController,
    LoanAgreementController,
    LoanExportsController,
    LoanImportController,
    LoanOriginationController,
    LoanReportsController,
    LoanStatusController,
    LoanTransactionsController,
    LoansController,
    PayoffController,
    PostingController,
    PostingRunsController,
    WriteOffController,
  ],
  providers: [
    AbandonedRunsService,
    CurrentWeekPostingService,
    DriverAccountService,
    InstallmentPostingRepository,
    BatchPostingService,
    InstallmentPostingService,
    InstallmentQuery,
    InstallmentQueryService,
    InstallmentRepository,
    LoanAccountService,
    LoanAgreementService,
    LoanApprovalService,
    LoanBalanceProjector,
    LoanBalanceRepository,
    LoanCreationService,
    LoanUpdateService,
    LoanGaugeCollector,
    LoanGaugesQuery,
    LoanExportService,
    LoanExposureRepository,
    LoanExposureService,
    LoanHistoryQuery,
    LoanImportRepository,
    LoanImportService,
    LoanLogService,
    LoanMetricsService,
    PayoffService,
    PayoffUndoService,
    LoanQuoteService,
    LoanQuery,
    LoanQueryService,
    RecoveryService,
    LoanReportQuery,
    LoanReportService,
    LoanRepository,
    LoanStatusService,
    LoanTransactionsService,
    registerChecks(...LOAN_TABLES, POSTING_EVIDENCE, ...POSTING_RUN_TABLES, ...SEALED_LOANS),
    LoanVersionQuery,
    LoanVersionRepository,
    WriteOffService,
    PayoffRepository,
    PostingBatchRepository,
    PostingLockRepository,
    PostingRunQuery,
    PostingRunQueryService,
    PostingRunRepository,
    PostingScheduleService,
    PostingSlotsService,
    PostingScopeService,
    ChosenInstallmentsRepository,
    ...LOAN_GAUGE_PROVIDERS,
    ...LOAN_METRIC_PROVIDERS,
  ],
  exports: [
    AbandonedRunsService,
    InstallmentPostingService,
    LoanCreationService,
    LoanImportService,
    LoanStatusService,
    PostingScheduleService,
  ],
})
export class LoansModule {}
