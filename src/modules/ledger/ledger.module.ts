import { Module } from '@nestjs/common';
import { BalanceDisputeService } from './balance-dispute.service.js';
import { BalanceObservers } from './balance-observers.js';
import { CreditApplication } from './credit-application.js';
import { CreditService } from './credit.service.js';
import { CreditsController } from './http/credits.controller.js';
import { LedgerExportsController } from './http/ledger-exports.controller.js';
import { LedgerController } from './http/ledger.controller.js';
import { LEDGER_GAUGE_PROVIDERS, LedgerGauges } from './ledger-gauges.js';
import { LedgerLimits } from './ledger-limits.js';
import { LedgerSettlement } from './ledger-settlement.js';
import { LedgerExportService } from './ledger-export.service.js';
import { LedgerReadingService } from './ledger-reading.service.js';
import { LedgerVerificationService } from './ledger-verification.service.js';
import { ObligationRecordingService } from './obligation-recording.service.js';
import { PaymentTakingService } from './payment-taking.service.js';
import { PostingVoidService } from './posting-void.service.js';
import { AccountQuery } from './queries/account.query.js';
import { BalanceQuery } from './queries/balance.query.js';
import { CreditQuery } from './queries/credit.query.js';
import { DebtEventQuery } from './queries/debt-event.query.js';
import { LedgerGaugesQuery } from './queries/ledger-gauges.query.js';
import { PostingQuery } from './queries/posting.query.js';
import { ReceiptsQuery } from './queries/receipts.query.js';
import { StatementQuery } from './queries/statement.query.js';
import { ReceiptsReportService } from './receipts-report.service.js';
import { AccountRepository } from './repositories/account.repository.js';
import { AllocationRepository } from './repositories/allocation.repository.js';
import { BalanceDisputeRepository } from './repositories/balance-dispute.repository.js';
import { ObligationRepository } from './repositories/obligation.repository.js';
import { PaymentRepository } from './repositories/payment.repository.js';
import { PostingVoidRepository } from './repositories/posting-void.repository.js';
import { RefundRepository } from './repositories/refund.repository.js';
import { RefundService } from './refund.service.js';
import { StatementService } from './statement.service.js';
import { VerificationQuery } from './queries/verification.query.js';
import { SealRepository } from './repositories/seal.repository.js';
import { SealLinkingService } from './seal-linking.service.js';

@Module({
  controllers: [CreditsController, LedgerController, LedgerExportsController],
  providers: [
    AccountQuery,
    AccountRepository,
    AllocationRepository,
    BalanceDisputeRepository,
    BalanceDisputeService,
    BalanceObservers,
    BalanceQuery,
    CreditApplication,
    CreditQuery,
    CreditService,
    DebtEventQuery,
    LedgerGauges,
    LedgerGaugesQuery,
    LedgerExportService,
    LedgerReadingService,
    LedgerLimits,
    LedgerSettlement,
    LedgerVerificationService,
    ObligationRecordingService,
    ObligationRepository,
    PaymentRepository,
    PaymentTakingService,
    PostingQuery,
    PostingVoidRepository,
    PostingVoidService,
    ReceiptsQuery,
    ReceiptsReportService,
    RefundRepository,
    RefundService,
    SealLinkingService,
    SealRepository,
    StatementQuery,
    StatementService,
    VerificationQuery,
    ...LEDGER_GAUGE_PROVIDERS,
  ],
  exports: [
    BalanceObservers,
    CreditApplication,
    LedgerReadingService,
    LedgerSettlement,
    LedgerVerificationService,
    ObligationRecordingService,
    PaymentTakingService,
    PostingVoidService,
    SealLinkingService,
  ],
})
export class LedgerModule {}
