import { Turns } from './turns.js';

describe('Turns', () => {
  /** Work that records its start and ends on request. */
  function works(turns: Turns) {
    const begun: string[] = [];
    const ends = new Map<string, (failure?: Error) => void>();
    const start = (key: string, name: string): Promise<string> =>
      turns.take(key, () => {
        begun.push(name);
        return new Promise((resolve, reject) => {
          ends.set(name, (failure) => (failure ? reject(failure) : resolve(name)));
        });
      });
    return { begun, start, end: (name: string, failure?: Error) => ends.get(name)?.(failure) };
  }

  const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

  it('runs the work of one key sequentially, also after a failure', async () => {
    const turns = new Turns();
    const { begun, start, end } = works(turns);
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

  it('runs the work of other keys in parallel and forgets finished keys', async () => {
    const turns = new Turns();
    const { begun, start, end } = works(turns);
    const both = [start('a', 'one'), start('b', 'other')];
    await settled();
    expect(begun).toEqual(['one', 'other']);
    expect(turns.size).toBe(2);
    end('one');
    end('other');
    await Promise.all(both);
    expect(turns.size).toBe(0);
  });
});
