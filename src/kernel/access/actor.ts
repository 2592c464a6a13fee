import type { Permission } from './permission.js';

/** The request by which somebody acts. */
interface Origin {
  readonly requestId: string;
  /** Network address of the caller */
  readonly address: string;
}

/** Who is acting: a signed-in user, or the system itself (the cron, the CLI), whose `userId` is null. */
export interface Actor {
  readonly userId: number | null;
  readonly permissions: ReadonlySet<Permission>;
  /** None where nobody sent a request: the cron, the command line, the demo's history */
  readonly origin?: Origin;
}

/** The cron, the catch-up at start and the command line act as the system. */
export const SYSTEM_ACTOR: Actor = { userId: null, permissions: new Set() };
