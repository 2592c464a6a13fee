import { Module } from '@nestjs/common';
import { BalanceObservers } from './balance-observers.js';
import { LedgerController } from './http/ledger.controller.js';
import { LedgerCheckers } from './ledger-checkers.js';
import { LedgerReadingService } from './ledger-reading.service.js';
import { LedgerVerificationService } from './ledger-verification.service.js';
import { ObligationRecordingService } from './obligation-recording.service.js';
import { PaymentByHierarchyService } from './payment-by-hierarchy.service.js';
import { BalanceQuery } from './queries/balance.query.js';
import { PostingQuery } from './queries/posting.query.js';
import { VerificationQuery } from './queries/verification.query.js';
import { ObligationRepository } from './repositories/obligation.repository.js';
import { PaymentRepository } from './repositories/payment.repository.js';
import { SealRepository } from './repositories/seal.repository.js';
import { SealLinkingService } from './seal-linking.service.js';

@Module({
  controllers: [LedgerController],
  providers: [
    BalanceObservers,
    BalanceQuery,
    LedgerCheckers,
    LedgerReadingService,
    LedgerVerificationService,
    ObligationRecordingService,
    ObligationRepository,
    PaymentByHierarchyService,
    PaymentRepository,
    PostingQuery,
    SealLinkingService,
    SealRepository,
    VerificationQuery,
  ],
  exports: [
    BalanceObservers,
    LedgerCheckers,
    LedgerReadingService,
    LedgerVerificationService,
    ObligationRecordingService,
    PaymentByHierarchyService,
    SealLinkingService,
  ],
})
export class LedgerModule {}
