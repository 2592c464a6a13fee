import { KeyedMutex } from './keyed-mutex.js';

describe('KeyedMutex', () => {
  /** Work that records its start, and ends when end() is called. */
  function works(mutex: KeyedMutex) {
    const begun: string[] = [];
    const ends = new Map<string, (failure?: Error) => void>();
    const start = (key: string, name: string): Promise<string> =>
      mutex.runExclusive(key, () => {
        begun.push(name);
        return new Promise((resolve, reject) => {
          ends.set(name, (failure) => (failure ? reject(failure) : resolve(name)));
        });
      });
    return { begun, start, end: (name: string, failure?: Error) => ends.get(name)?.(failure) };
  }

  const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

  it('runs the work of one key one after another, also after work that failed', async () => {
    const mutex = new KeyedMutex();
    const { begun, start, end } = works(mutex);
    const [first, second, third] = [start('a', 'first'), start('a', 'second'), start('a', 'third')];
    await settled();
    expect(begun).toEqual(['first']);
    end('first', new Error('went wrong'));
    await expect(first).rejects.toThrow('went wrong');
    await settled();
    expect(begun).toEqual(['first', 'second']);
    end('second');
    await expect(second).resolves.toBe('second');
    await settled();
    end('third');
    await expect(third).resolves.toBe('third');
  });

  it('runs the work of different keys concurrently, and keeps no key whose work is done', async () => {
    const mutex = new KeyedMutex();
    const { begun, start, end } = works(mutex);
    const both = [start('a', 'one'), start('b', 'other')];
    await settled();
    expect(begun).toEqual(['one', 'other']);
    expect(mutex.size).toBe(2);
    end('one');
    end('other');
    await Promise.all(both);
    expect(mutex.size).toBe(0);
  });
});
