import { Module } from '@nestjs/common';
import { DriversModule } from '../drivers/index.js';
import { LeasesModule } from '../leases/index.js';
import { LedgerModule } from '../ledger/index.js';
import { InstallmentsController } from './http/installments.controller.js';
import { LoansController } from './http/loans.controller.js';
import { InstallmentPostingService } from './installment-posting.service.js';
import { LoanBalanceFollower } from './loan-balance-follower.js';
import { LoanCreationService } from './loan-creation.service.js';
import { LoanEditingService } from './loan-editing.service.js';
import { LOAN_METRIC_PROVIDERS, LoanMetrics } from './loan-metrics.js';
import { LoanPlanningService } from './loan-planning.service.js';
import { LoanReadingService } from './loan-reading.service.js';
import { LoanStatusService } from './loan-status.service.js';
import { LoanVerification } from './loan-verification.js';
import { InstallmentQuery } from './queries/installment.query.js';
import { LoanQuery } from './queries/loan.query.js';
import { PostingRunQuery } from './queries/posting-run.query.js';
import { InstallmentPostingRepository } from './repositories/installment-posting.repository.js';
import { InstallmentRepository } from './repositories/installment.repository.js';
import { LoanRepository } from './repositories/loan.repository.js';
import { PostingRunRepository } from './repositories/posting-run.repository.js';

@Module({
  imports: [DriversModule, LeasesModule, LedgerModule],
  controllers: [InstallmentsController, LoansController],
  providers: [
    InstallmentPostingRepository,
    InstallmentPostingService,
    InstallmentQuery,
    InstallmentRepository,
    LoanBalanceFollower,
    LoanCreationService,
    LoanEditingService,
    LoanMetrics,
    LoanPlanningService,
    LoanQuery,
    LoanReadingService,
    LoanRepository,
    LoanStatusService,
    LoanVerification,
    PostingRunQuery,
    PostingRunRepository,
    ...LOAN_METRIC_PROVIDERS,
  ],
  exports: [InstallmentPostingService, LoanCreationService, LoanStatusService],
})
export class LoansModule {}
