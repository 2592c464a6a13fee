const DAY_MS = 86_400_000;
/** For so long, whoever chose a password for somebody else counts as able to sign in as that user. */
const PASSWORD_KNOWN_DAYS = 30;

/** Who made an account, and who gave it a password later. */
export interface AccountHistory {
  readonly id: number;
  readonly createdBy: number | null;
  readonly createdOn: Date;
  readonly passwordResetBy: number | null;
  readonly passwordResetOn: Date | null;
}

/**
 * Whether one person may be behind the author of something and its reviewer: the author made the reviewer's account, or
 * one of them chose a password of the other in the last 30 days.
 */
export function mayBeOnePerson(author: AccountHistory, reviewer: AccountHistory, now: Date): boolean {
  return (
    author.id === reviewer.id ||
    reviewer.createdBy === author.id ||
    knowsPasswordOf(author, reviewer, now) ||
    knowsPasswordOf(reviewer, author, now)
  );
}

/** The first password of a user is chosen by whoever makes the account. */
function knowsPasswordOf(user: AccountHistory, other: AccountHistory, now: Date): boolean {
  const since = now.getTime() - PASSWORD_KNOWN_DAYS * DAY_MS;
  return (
    (other.passwordResetBy === user.id && (other.passwordResetOn?.getTime() ?? 0) > since) ||
    (other.createdBy === user.id && other.createdOn.getTime() > since)
  );
}
