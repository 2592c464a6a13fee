/** Chooses a suitable item if there is one. One time in ten it chooses any item, so that rejections are tested too. */
export function choose<T>(
  items: readonly T[],
  pick: number,
  suits: (item: T) => boolean,
): { item: T; isAllowed: boolean } | null {
  const from = pick % 10 === 9 ? items : items.filter(suits);
  const item = from[Math.floor(pick / 10) % Math.max(1, from.length)];
  return item === undefined ? null : { item, isAllowed: suits(item) };
}
