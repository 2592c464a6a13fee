/** The ledger's door: what other modules may use. */
export { BalanceObservers } from './balance-observers.js';
export type { BalanceChange, BalanceObserver, VoidedBalance } from './balance-observers.js';
export type { Category } from './domain/category.js';
export { CHAIN_HEAD } from './domain/chain-head.js';
export { SealLinkingModule } from './jobs/seal-linking.module.js';
export { LedgerCheckers } from './ledger-checkers.js';
export type { CheckedTable } from './ledger-checkers.js';
export { sourceTypeReserved } from './domain/ledger-refusals.js';
export { LedgerReadingService } from './ledger-reading.service.js';
export { LedgerSettlement } from './ledger-settlement.js';
export type { Settlement } from './ledger-settlement.js';
export { LedgerModule } from './ledger.module.js';
export { LedgerVerificationService } from './ledger-verification.service.js';
export { ObligationRecordingService } from './obligation-recording.service.js';
export { PaymentTakingService } from './payment-taking.service.js';
export { NEXT_BALANCE_ID, recordCharges } from './repositories/obligation.repository.js';
export type { RecordingParameters } from './repositories/obligation.repository.js';
