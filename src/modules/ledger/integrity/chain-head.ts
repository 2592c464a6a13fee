/** A link of the chain by its number and its hash. */
export interface ChainHead {
  readonly number: string;
  /** 64 hexadecimal digits */
  readonly hash: string;
}

/** The form in which a head is printed, kept outside of the database, and given back. */
export const CHAIN_HEAD = /^([1-9]\d{0,17}):([0-9a-f]{64})$/;

export function formatChainHead({ number, hash }: ChainHead): string {
  return `${number}:${hash}`;
}

/** Throws RangeError for what formatChainHead never wrote. */
export function parseChainHead(text: string): ChainHead {
  const [, number, hash] = CHAIN_HEAD.exec(text) ?? [];
  if (number === undefined || hash === undefined) throw new RangeError(`"${text}" is no head of a chain`);
  return { number, hash };
}
