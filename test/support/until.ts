import { setTimeout as sleep } from 'node:timers/promises';

const LIMIT_MS = 45_000;
const POLL_MS = 10;

/** Asks until the answer is one; throws where there is none in time. */
export async function until<T>(what: string, ask: () => Promise<T | null>): Promise<T> {
  const deadline = Date.now() + LIMIT_MS;
  for (;;) {
    const answer = await ask();
    if (answer !== null) return answer;
    if (Date.now() > deadline) throw new Error(`waited in vain until ${what}`);
    await sleep(POLL_MS);
  }
}
