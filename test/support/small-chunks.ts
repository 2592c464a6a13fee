import { InstallmentPostingRepository } from '../../src/modules/loans/posting/installment-posting.repository.js';
import type { TestApp } from './test-app.js';

/** Lets this application post in chunks of so few installments that a handful of loans makes several. */
export function postInBatchesOf(app: TestApp, size: number): void {
  const posting = app.get(InstallmentPostingRepository);
  const planBatches = posting.planBatches.bind(posting);
  jest.spyOn(posting, 'planBatches').mockImplementation((tx, scope) => planBatches(tx, scope, size));
}
