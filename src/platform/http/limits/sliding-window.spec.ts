import { SlidingWindow } from './sliding-window.js';

describe('SlidingWindow', () => {
  let now = 0;
  const clock = jest.spyOn(performance, 'now').mockImplementation(() => now);
  afterAll(() => clock.mockRestore());
  beforeEach(() => (now = 5_000_000));

  const after = (seconds: number): void => void (now += seconds * 1_000);

  it('counts down and names the time until the oldest request leaves', () => {
    const window = new SlidingWindow(2, 60);
    expect(window.count('a')).toEqual({ remaining: 1, reset: 60 });
    after(20);
    expect(window.count('a')).toEqual({ remaining: 0, reset: 40 });
    expect(window.count('b')).toEqual({ remaining: 1, reset: 60 });
  });

  it('does not count a request above the limit, so a client that keeps asking succeeds', () => {
    const window = new SlidingWindow(1, 60);
    window.count('a');
    for (let second = 1; second < 60; second += 1) {
      after(1);
      expect(window.count('a')).toEqual({ remaining: -1, reset: 60 - second });
    }
    after(1);
    expect(window.count('a')).toEqual({ remaining: 0, reset: 60 });
  });

  it('allows as many requests as the limit in any window, also after many windows', () => {
    const window = new SlidingWindow(10, 60);
    const allowed: number[] = [];
    for (let step = 0; step < 5_000; step += 1) {
      after(step % 7);
      if (window.count('a').remaining >= 0) allowed.push(now);
      expect(allowed.filter((time) => time > now - 60_000).length).toBeLessThanOrEqual(10);
    }
    expect(allowed.length).toBeGreaterThan(2_000);
  });

  it('forgets clients whose requests have all left the window', () => {
    const window = new SlidingWindow(5, 60);
    for (let client = 0; client < 1_000; client += 1) window.count(`client ${client}`);
    after(30);
    window.count('client 7');
    after(31);
    window.count('newcomer');
    expect([...(window as unknown as { clients: Map<string, unknown> }).clients.keys()]).toEqual([
      'client 7',
      'newcomer',
    ]);
  });

  it('costs the same after very many requests', () => {
    const window = new SlidingWindow(1_000_000, 3_600);
    for (let request = 0; request < 300_000; request += 1) window.count('a');
    expect(window.count('a')).toEqual({ remaining: 699_999, reset: 3_600 });
  });
});
