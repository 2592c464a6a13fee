import { Module } from '@nestjs/common';
import { BalanceObservers } from './balance-observers.js';
import { LedgerController } from './http/ledger.controller.js';
import { LedgerSettlement } from './ledger-settlement.js';
import { LedgerReadingService } from './ledger-reading.service.js';
import { ObligationRecordingService } from './obligation-recording.service.js';
import { PaymentTakingService } from './payment-taking.service.js';
import { BalanceQuery } from './queries/balance.query.js';
import { PostingQuery } from './queries/posting.query.js';
import { ObligationRepository } from './repositories/obligation.repository.js';
import { PaymentRepository } from './repositories/payment.repository.js';

@Module({
  controllers: [LedgerController],
  providers: [
    BalanceObservers,
    BalanceQuery,
    LedgerReadingService,
    LedgerSettlement,
    ObligationRecordingService,
    ObligationRepository,
    PaymentRepository,
    PaymentTakingService,
    PostingQuery,
  ],
  exports: [
    BalanceObservers,
    LedgerReadingService,
    LedgerSettlement,
    ObligationRecordingService,
    PaymentTakingService,
  ],
})
export class LedgerModule {}
