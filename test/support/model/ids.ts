/** Ids of one kind in the order in which they were given: the number goes on over the years, LB-2026-000042 after LB-2025-000041. */
export const byNumber = (one: string, other: string): number => numberOf(one) - numberOf(other);

const numberOf = (id: string): number => Number(id.slice(id.lastIndexOf('-') + 1));
