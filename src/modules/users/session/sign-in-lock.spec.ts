import { lockSeconds } from './sign-in-lock.js';

describe('the sign-in lock', () => {
  it.each([
    [1, 0],
    [4, 0],
    [5, 60],
    [6, 120],
    [7, 240],
    [8, 480],
    [9, 900],
    [10, 900],
    [5_000, 900],
  ])('after %p wrong passwords in a row lasts %p seconds', (failures, seconds) => {
    expect(lockSeconds(failures)).toBe(seconds);
  });

  it('allows at most a hundred guesses a day', () => {
    let tried = 0;
    for (let second = 0; second < 86_400; second += lockSeconds(tried)) tried += 1;
    expect(tried).toBeLessThanOrEqual(104);
  });
});
