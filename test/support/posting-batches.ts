import { InstallmentPostingRepository } from '../../src/modules/loans/posting/installment-posting.repository.js';
import type { TestApp } from './test-app.js';

/** Makes this application post in small batches, so that a few loans fill several batches. */
export function postInBatchesOf(app: TestApp, size: number): void {
  const posting = app.get(InstallmentPostingRepository);
  const planBatches = posting.planBatches.bind(posting);
  jest.spyOn(posting, 'planBatches').mockImplementation((tx, scope) => planBatches(tx, scope, size));
}
