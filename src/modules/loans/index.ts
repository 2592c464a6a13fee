/** The loans' door: what the application, the command line and the demo fleet may use. */
export { InstallmentPostingService } from './installment-posting.service.js';
export { WeeklyPostingModule } from './jobs/weekly-posting.module.js';
export { LOANS_CONTEXT } from './loan-log.js';
export { LoanCreationService } from './loan-creation.service.js';
export { LoanStatusService } from './loan-status.service.js';
export { LoansModule } from './loans.module.js';
