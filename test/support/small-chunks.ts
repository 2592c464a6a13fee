import { InstallmentPostingRepository } from '../../src/modules/loans/repositories/installment-posting.repository.js';
import type { TestApp } from './test-app.js';

/** Makes this application post in small batches, so that a few loans fill several batches. */
export function postInChunksOf(app: TestApp, size: number): void {
  const posting = app.get(InstallmentPostingRepository);
  const planChunks = posting.planChunks.bind(posting);
  jest.spyOn(posting, 'planChunks').mockImplementation((tx, scope) => planChunks(tx, scope, size));
}
