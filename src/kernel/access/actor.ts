/** All permissions with their labels. Each module adds its own by declaration merging (permissions.ts). */
export interface PermissionLabels {}

export type Permission = keyof PermissionLabels;

/** The request by which somebody acts. */
export interface Origin {
  readonly requestId: string;
  /** Network address of the caller */
  readonly address: string;
}

/** Who is acting: a signed-in user, or the system itself (the cron, the CLI), whose `userId` is null. */
export interface Actor {
  readonly userId: number | null;
  readonly permissions: Pick<ReadonlySet<Permission>, 'has'>;
  /** The sign-in behind the request; none where an identity provider's token is */
  readonly sessionId?: number;
  /** None where nobody sent a request: the cron, the command line, the demo's history */
  readonly origin?: Origin;
}

/** The cron, the catch-up at start and the command line act as the system. It may do everything that they do. */
export const SYSTEM_ACTOR: Actor = { userId: null, permissions: { has: () => true } };
