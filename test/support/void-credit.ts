import type { TestApp } from './test-app.js';

/** Takes a CREDIT back, as the cashier does. */
export async function voidCredit(app: TestApp, postingId: string): Promise<void> {
  const answer = await app.as('FINANCE').post(`/ledger/postings/${postingId}/void`, { reason: 'Mistake' });
  if (answer.status !== 200) throw new Error(`${postingId} is not voided: ${JSON.stringify(answer.body)}`);
}
