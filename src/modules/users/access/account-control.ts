const DAY_MS = 86_400_000;
/** After setting the password of another user, a user is assumed to be able to sign in as that user for this time. */
const PASSWORD_KNOWN_DAYS = 30;

/** Who created an account, and who last set its password for the user. */
export interface AccountHistory {
  readonly id: number;
  readonly createdBy: number | null;
  readonly createdOn: Date;
  readonly passwordResetBy: number | null;
  readonly passwordResetOn: Date | null;
}

/**
 * Whether the author and the reviewer of a record may be the same person: the author created the account of the
 * reviewer, or one of them set the password of the other in the last 30 days.
 */
export function mayBeOnePerson(author: AccountHistory, reviewer: AccountHistory, now: Date): boolean {
  return (
    author.id === reviewer.id ||
    reviewer.createdBy === author.id ||
    knowsPasswordOf(author, reviewer, now) ||
    knowsPasswordOf(reviewer, author, now)
  );
}

/** The user who creates an account also sets its first password. */
function knowsPasswordOf(user: AccountHistory, other: AccountHistory, now: Date): boolean {
  const since = now.getTime() - PASSWORD_KNOWN_DAYS * DAY_MS;
  return (
    (other.passwordResetBy === user.id && (other.passwordResetOn?.getTime() ?? 0) > since) ||
    (other.createdBy === user.id && other.createdOn.getTime() > since)
  );
}
