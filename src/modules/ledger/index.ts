/** The public API of the ledger: what other modules may use. */
export { BalanceObserverRegistry } from './account/balance-observer.registry.js';
export type {
  BalanceChange,
  BalanceObserver,
  PostingToVoid,
  VoidedBalance,
} from './account/balance-observer.registry.js';
export { CreditApplicationService } from './credits/credit-application.service.js';
export type { DriverDebtsView, LeaseDebtsView } from './account/debts.view.js';
export { CategoryDebtsResponse, DebtSumsResponse, LeaseDebtsResponse } from './account/debts.response.js';
export type { Category } from './account/category.js';
export type { BalanceView } from './balances/balance.view.js';
export type { ReceiptInput } from './payments/payment.input.js';
export { BalanceResponse } from './balances/balance.response.js';
export { CHAIN_HEAD } from './integrity/chain-head.js';
export { SealLinkingModule } from './integrity/seal-linking.module.js';
export { LEDGER_ERRORS, sourceTypeReserved } from './errors.js';
export { divideInOrder } from './payment-order/divide-in-order.js';
export { orderOfPayment } from './payment-order/payment-order.sql.js';
export { receiptOf } from './payments/receipt.js';
export { ReceiptDto } from './payments/receipt.dto.js';
export { SourceIdField, SourceTypeField } from './account/source-fields.dto.js';
export { LedgerQueryService } from './balances/ledger-query.service.js';
export { SettlementService } from './payments/settlement.service.js';
export type { Settlement } from './payments/settlement.service.js';
export { LedgerModule } from './ledger.module.js';
export { LedgerVerificationService } from './integrity/ledger-verification.service.js';
export { ChargeImportService } from './obligations/import/charge-import.service.js';
export { ObligationService } from './obligations/obligation.service.js';
export { PaymentService } from './payments/payment.service.js';
export { PostingVoidService } from './voids/posting-void.service.js';
export { OBLIGATION_EVENT_KINDS } from './postings/obligation-event.query.js';
export type { ObligationEvent, ObligationTotals } from './postings/obligation-event.query.js';
export { NEXT_BALANCE_ID, recordCharges } from './obligations/obligation.repository.js';
export type { RecordingParameters } from './obligations/obligation.repository.js';
export { LEDGER_PERMISSIONS } from './permissions.js';
export { LEDGER_AUDIT_ACTIONS, LEDGER_AUDIT_RECORDS } from './audit-actions.js';
export { BALANCE_STATUS_LABELS } from './balances/balance-status.js';
export { ALLOCATION_REASON_LABELS, ALLOCATION_TYPE_LABELS } from './account/allocation-reason.js';
export { CATEGORY_LABELS, PAYMENT_ORDER } from './account/category.js';
export {
  PAYMENT_METHOD_LABELS,
  POSTING_KIND_LABELS,
  POSTING_STATUS_LABELS,
} from './postings/posting-kind.js';
export { SettlementJobsModule } from './settlement/settlement-jobs.module.js';
export type { SettlementResultView } from './settlement/settlement.view.js';
export { SettlementFileService } from './settlement/file/settlement-file.service.js';
export { SettlementRunService } from './settlement/settlement-run.service.js';
export {
  SETTLEMENT_LINE_STATUS_LABELS,
  SETTLEMENT_RUN_STATUS_LABELS,
} from './settlement/settlement-status.js';
