import { lockSeconds } from './sign-in-lock.js';

describe('the lock after wrong passwords', () => {
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
  ])('after %p in a row is %p seconds long', (failures, seconds) => {
    expect(lockSeconds(failures)).toBe(seconds);
  });

  it('leaves a guesser a hundred passwords a day', () => {
    let tried = 0;
    for (let second = 0; second < 86_400; second += lockSeconds(tried)) tried += 1;
    expect(tried).toBeLessThanOrEqual(104);
  });
});
