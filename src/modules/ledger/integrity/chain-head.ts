/** A link of the chain: its number and hash. */
export interface ChainHead {
  readonly number: string;
  /** 64 hexadecimal digits */
  readonly hash: string;
}

/** The text form of a head, in which it is printed, stored outside the database and passed to a verification. */
export const CHAIN_HEAD = /^([1-9]\d{0,17}):([0-9a-f]{64})$/;

export function formatChainHead({ number, hash }: ChainHead): string {
  return `${number}:${hash}`;
}

/** Throws RangeError unless the text has the form of formatChainHead. */
export function parseChainHead(text: string): ChainHead {
  const [, number, hash] = CHAIN_HEAD.exec(text) ?? [];
  if (number === undefined || hash === undefined) throw new RangeError(`"${text}" is not a chain head`);
  return { number, hash };
}
