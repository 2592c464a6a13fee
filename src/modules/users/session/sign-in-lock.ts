/** Consecutive wrong passwords without a lock, because anyone can mistype. */
const FREE_FAILURES = 4;
const FIRST_LOCK_SECONDS = 60;
const LONGEST_LOCK_SECONDS = 900;

/**
 * For how many seconds an account is locked after this many consecutive wrong passwords: one minute after the fifth,
 * doubled each time, 15 minutes at most. This allows at most a hundred guesses a day, and a user whom someone else has
 * locked out waits 15 minutes at most.
 */
export function lockSeconds(failures: number): number {
  if (failures <= FREE_FAILURES) return 0;
  return Math.min(FIRST_LOCK_SECONDS * 2 ** (failures - FREE_FAILURES - 1), LONGEST_LOCK_SECONDS);
}
