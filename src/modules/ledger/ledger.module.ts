import { Module } from '@nestjs/common';
import { BalanceDisputeService } from './disputes/balance-dispute.service.js';
import { BalanceObserverRegistry } from './account/balance-observer.registry.js';
import { CreditApplicationService } from './credits/credit-application.service.js';
import { CreditService } from './credits/credit.service.js';
import { CreditsController } from './credits/credits.controller.js';
import { LedgerExportsController } from './exports/ledger-exports.controller.js';
import { ObligationsController } from './obligations/obligations.controller.js';
import { ChargeImportController } from './obligations/import/charge-import.controller.js';
import { ChargeImportRepository } from './obligations/import/charge-import.repository.js';
import { ChargeImportService } from './obligations/import/charge-import.service.js';
import { PaymentHistoryController } from './payments/history/payment-history.controller.js';
import { PaymentQuery } from './payments/history/payment.query.js';
import { PaymentQueryService } from './payments/history/payment-query.service.js';
import { PaymentsController } from './payments/payments.controller.js';
import { PostingsController } from './postings/postings.controller.js';
import { VoidsController } from './voids/voids.controller.js';
import { BalancesController } from './balances/balances.controller.js';
import { DisputesController } from './disputes/disputes.controller.js';
import { StatementsController } from './statements/statements.controller.js';
import { PaymentReceiptController } from './receipts/payment-receipt.controller.js';
import { ReceiptsController } from './receipts/receipts.controller.js';
import { VerificationController } from './integrity/verification.controller.js';
import { LEDGER_GAUGE_PROVIDERS, LedgerGaugeCollector } from './monitoring/ledger-gauges.collector.js';
import { EntryLimitsService } from './postings/entry-limits.service.js';
import { SettlementService } from './payments/settlement.service.js';
import { LedgerExportService } from './exports/ledger-export.service.js';
import { LedgerQueryService } from './balances/ledger-query.service.js';
import { LedgerVerificationService } from './integrity/ledger-verification.service.js';
import { ObligationService } from './obligations/obligation.service.js';
import { PaymentService } from './payments/payment.service.js';
import { PostingVoidService } from './voids/posting-void.service.js';
import { AccountQuery } from './account/account.query.js';
import { DebtsQuery } from './account/debts.query.js';
import { BalanceQuery } from './balances/balance.query.js';
import { CreditQuery } from './credits/credit.query.js';
import { ObligationEventQuery } from './postings/obligation-event.query.js';
import { LedgerGaugesQuery } from './monitoring/ledger-gauges.query.js';
import { PostingQuery } from './postings/posting.query.js';
import { PaymentReceiptQuery } from './receipts/payment-receipt.query.js';
import { PaymentReceiptService } from './receipts/payment-receipt.service.js';
import { ReceiptsQuery } from './receipts/receipts.query.js';
import { StatementQuery } from './statements/statement.query.js';
import { ReceiptsReportService } from './receipts/receipts-report.service.js';
import { AccountRepository } from './account/account.repository.js';
import { AllocationRepository } from './payments/allocation.repository.js';
import { BalanceDisputeRepository } from './disputes/balance-dispute.repository.js';
import { ObligationRepository } from './obligations/obligation.repository.js';
import { PaymentRepository } from './payments/payment.repository.js';
import { PostingVoidRepository } from './voids/posting-void.repository.js';
import { RefundRepository } from './credits/refund.repository.js';
import { RefundService } from './credits/refund.service.js';
import { StatementService } from './statements/statement.service.js';
import { VerificationQuery } from './integrity/verification.query.js';
import { SealRepository } from './integrity/seal.repository.js';
import { SealLinkingService } from './integrity/seal-linking.service.js';
import { SettlementChunkRepository } from './settlement/settlement-chunk.repository.js';
import { SettlementChunkService } from './settlement/settlement-chunk.service.js';
import { SettlementFileService } from './settlement/file/settlement-file.service.js';
import { SettlementHistoryController } from './settlement/history/settlement-history.controller.js';
import { SettlementQueryService } from './settlement/history/settlement-query.service.js';
import { SettlementRunQuery } from './settlement/history/settlement-run.query.js';
import { SettlementRunRepository } from './settlement/settlement-run.repository.js';
import { SettlementRunService } from './settlement/settlement-run.service.js';
import { SettlementsController } from './settlement/settlements.controller.js';
import { SettlementVoidController } from './settlement/void/settlement-void.controller.js';
import { SettlementVoidRepository } from './settlement/void/settlement-void.repository.js';
import { SettlementVoidService } from './settlement/void/settlement-void.service.js';

@Module({
  controllers: [
    BalancesController,
    ChargeImportController,
    CreditsController,
    DisputesController,
    LedgerExportsController,
    ObligationsController,
    PaymentHistoryController,
    PaymentReceiptController,
    PaymentsController,
    PostingsController,
    ReceiptsController,
    SettlementHistoryController,
    SettlementsController,
    SettlementVoidController,
    StatementsController,
    VerificationController,
    VoidsController,
  ],
  providers: [
    AccountQuery,
    AccountRepository,
    AllocationRepository,
    BalanceDisputeRepository,
    BalanceDisputeService,
    BalanceObserverRegistry,
    BalanceQuery,
    ChargeImportRepository,
    ChargeImportService,
    CreditApplicationService,
    CreditQuery,
    CreditService,
    DebtsQuery,
    ObligationEventQuery,
    LedgerGaugeCollector,
    LedgerGaugesQuery,
    LedgerExportService,
    LedgerQueryService,
    EntryLimitsService,
    SettlementService,
    LedgerVerificationService,
    ObligationService,
    ObligationRepository,
    PaymentQuery,
    PaymentQueryService,
    PaymentReceiptQuery,
    PaymentReceiptService,
    PaymentRepository,
    PaymentService,
    PostingQuery,
    PostingVoidRepository,
    PostingVoidService,
    ReceiptsQuery,
    ReceiptsReportService,
    RefundRepository,
    RefundService,
    SealLinkingService,
    SealRepository,
    SettlementChunkRepository,
    SettlementChunkService,
    SettlementFileService,
    SettlementQueryService,
    SettlementRunQuery,
    SettlementRunRepository,
    SettlementRunService,
    SettlementVoidRepository,
    SettlementVoidService,
    StatementQuery,
    StatementService,
    VerificationQuery,
    ...LEDGER_GAUGE_PROVIDERS,
  ],
  exports: [
    BalanceObserverRegistry,
    ChargeImportService,
    CreditApplicationService,
    LedgerQueryService,
    SettlementService,
    LedgerVerificationService,
    ObligationService,
    PaymentService,
    PostingVoidService,
    SealLinkingService,
    SettlementFileService,
    SettlementRunService,
  ],
})
export class LedgerModule {}
