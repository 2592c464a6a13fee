import type { Permission } from './permission.js';

/** Who is acting: a signed-in user, or the system itself (the cron, the CLI), whose `userId` is null. */
export interface Actor {
  readonly userId: number | null;
  readonly permissions: ReadonlySet<Permission>;
}

/** The cron, the catch-up at start and the command line act as the system. */
export const SYSTEM_ACTOR: Actor = { userId: null, permissions: new Set() };
