/** Chooses a suitable item if there is one. One time in five it chooses any item, so that rejections are tested too. */
export function choose<T>(
  items: readonly T[],
  pick: number,
  suits: (item: T) => boolean,
): { item: T; isAllowed: boolean } | null {
  const from = pick % 5 === 4 ? items : items.filter(suits);
  const item = from[Math.floor(pick / 5) % Math.max(1, from.length)];
  return item === undefined ? null : { item, isAllowed: suits(item) };
}
