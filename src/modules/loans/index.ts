/** The public API of the loans: what the application, the command line and the demo may use. */
export { InstallmentPostingService } from './posting/installment-posting.service.js';
export { WeeklyPostingModule } from './posting/weekly-posting.module.js';
export { LOANS_CONTEXT } from './monitoring/loan-log.service.js';
export { LoanCreationService } from './origination/loan-creation.service.js';
export { LoanImportService } from './import/loan-import.service.js';
export { LoanStatusService } from './servicing/loan-status.service.js';
export { LoansModule } from './loans.module.js';
export { LOAN_ERRORS } from './errors.js';
export { LOAN_PERMISSIONS } from './permissions.js';
export { LOAN_AUDIT_ACTIONS, LOAN_AUDIT_RECORDS } from './audit-actions.js';
export { INSTALLMENT_STATUS_LABELS, LOAN_STATUS_LABELS } from './loan/loan-status.js';
export { RUN_STATUS_LABELS, RUN_TRIGGER_LABELS } from './posting-runs/posting-run-status.js';
