import { InstallmentPostingRepository } from '../../src/modules/loans/repositories/installment-posting.repository.js';
import type { TestApp } from './test-app.js';

/** Makes the runs of this application cut their work into chunks so small that a few loans are several. */
export function postInChunksOf(app: TestApp, size: number): void {
  const repository = app.get(InstallmentPostingRepository);
  const planChunks = repository.planChunks.bind(repository);
  jest
    .spyOn(repository, 'planChunks')
    .mockImplementation((...parameters) => planChunks(...withLast(parameters, size)));
}
