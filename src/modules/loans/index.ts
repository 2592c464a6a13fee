/** The loans' door: what the application, the command line and the demo fleet may use. */
export { InstallmentPostingService } from './posting/installment-posting.service.js';
export { WeeklyPostingModule } from './posting/weekly-posting.module.js';
export { LOANS_CONTEXT } from './monitoring/loan-log.service.js';
export { LoanCreationService } from './origination/loan-creation.service.js';
export { LoanImportService } from './import/loan-import.service.js';
export { LoanStatusService } from './servicing/loan-status.service.js';
export { LoansModule } from './loans.module.js';
export { LOAN_ERRORS } from './errors.js';
export { LOAN_PERMISSIONS } from './permissions.js';
