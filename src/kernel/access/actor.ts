/** All permissions with their labels. Each module adds its own by declaration merging (permissions.ts). */
export interface PermissionLabels {}

export type Permission = keyof PermissionLabels;

/** The HTTP request of an actor */
export interface Origin {
  readonly requestId: string;
  /** Network address of the caller */
  readonly address: string;
}

/** The user or system that performs an operation. `userId` is null for the system: scheduled jobs and the CLI. */
export interface Actor {
  readonly userId: number | null;
  readonly permissions: Pick<ReadonlySet<Permission>, 'has'>;
  /** The session of the request. Absent if an identity provider issued the token. */
  readonly sessionId?: number;
  /** Absent without a request: scheduled jobs, the CLI and the demo data */
  readonly origin?: Origin;
}

/** Scheduled jobs and the CLI run as the system, with every permission. */
export const SYSTEM_ACTOR: Actor = { userId: null, permissions: { has: () => true } };
