import { formatChainHead, parseChainHead } from './chain-head.js';

const HASH = '0123456789abcdef'.repeat(4);

describe('the chain head', () => {
  it('parses its own output', () => {
    expect(formatChainHead({ number: '12', hash: HASH })).toBe(`12:${HASH}`);
    expect(parseChainHead(`12:${HASH}`)).toEqual({ number: '12', hash: HASH });
  });

  it.each(['', '12', `0:${HASH}`, `12:${HASH}0`, `12:${HASH.toUpperCase()}`, `-1:${HASH}`, ` 12:${HASH}`])(
    'rejects "%s"',
    (text) => {
      expect(() => parseChainHead(text)).toThrow(RangeError);
    },
  );
});
