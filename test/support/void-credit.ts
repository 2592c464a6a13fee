import type { Role } from '../../src/modules/users/index.js';
import type { TestApp } from './test-app.js';

/** Voids a CREDIT, by default as FINANCE. A write-off requires ADMIN. */
export async function voidCredit(app: TestApp, postingId: string, by: Role = 'FINANCE'): Promise<void> {
  const answer = await app.as(by).post(`/ledger/postings/${postingId}/void`, { reason: 'Mistake' });
  if (answer.status !== 200) throw new Error(`${postingId} is not voided: ${JSON.stringify(answer.body)}`);
}
