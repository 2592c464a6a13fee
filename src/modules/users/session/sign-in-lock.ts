/** Wrong passwords in a row that cost nothing: anybody mistypes. */
const FREE_FAILURES = 4;
const FIRST_LOCK_SECONDS = 60;
const LONGEST_LOCK_SECONDS = 900;

/**
 * For how many seconds an account refuses every password after so many wrong ones in a row: a minute after the fifth,
 * then twice as long each time, 15 minutes at most. So nobody tries more than a hundred passwords a day, and an owner
 * who was locked out by somebody else waits no longer than that.
 */
export function lockSeconds(failures: number): number {
  if (failures <= FREE_FAILURES) return 0;
  return Math.min(FIRST_LOCK_SECONDS * 2 ** (failures - FREE_FAILURES - 1), LONGEST_LOCK_SECONDS);
}
