import { SharedReads } from './shared-reads.js';

/** Reads that the test ends one by one. */
function heldReads() {
  const ends: { resolve: (value: string) => void; reject: (error: Error) => void }[] = [];
  const read = jest.fn(() => new Promise<string>((resolve, reject) => void ends.push({ resolve, reject })));
  return { ends, read };
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('SharedReads', () => {
  it('never answers with a read that began before the question', async () => {
    const { ends, read } = heldReads();
    const shared = new SharedReads<string>();
    const first = shared.get('a', read);
    const [second, third] = [shared.get('a', read), shared.get('a', read)];
    await settled();
    expect(read).toHaveBeenCalledTimes(1);
    ends[0]?.resolve('active');
    await expect(first).resolves.toBe('active');
    await settled();
    const fourth = shared.get('a', read);
    expect(read).toHaveBeenCalledTimes(2);
    ends[1]?.resolve('ended');
    await expect(Promise.all([second, third])).resolves.toEqual(['ended', 'ended']);
    await settled();
    expect(read).toHaveBeenCalledTimes(3);
    ends[2]?.resolve('gone');
    await expect(fourth).resolves.toBe('gone');
  });

  it('reads each key on its own, and again for each question when no other waits', async () => {
    const { ends, read } = heldReads();
    const shared = new SharedReads<string>();
    const both = [shared.get('a', read), shared.get('b', read)];
    expect(read).toHaveBeenCalledTimes(2);
    for (const { resolve } of ends) resolve('x');
    await Promise.all(both);
    await settled();
    const again = shared.get('a', read);
    expect(read).toHaveBeenCalledTimes(3);
    ends[2]?.resolve('y');
    await expect(again).resolves.toBe('y');
  });

  it('fails all who share a read that fails, and reads again for the next', async () => {
    const { ends, read } = heldReads();
    const shared = new SharedReads<string>();
    const first = shared.get('a', read);
    const waiting = [shared.get('a', read), shared.get('a', read)];
    ends[0]?.reject(new Error('the database is away'));
    await expect(first).rejects.toThrow('away');
    await settled();
    ends[1]?.reject(new Error('still away'));
    for (const one of waiting) await expect(one).rejects.toThrow('still away');
    await settled();
    const next = shared.get('a', read);
    ends[2]?.resolve('back');
    await expect(next).resolves.toBe('back');
  });
});
