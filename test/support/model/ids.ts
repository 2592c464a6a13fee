/** Sorts ids of one kind by number, which continues over the years: LB-2026-000042 comes after LB-2025-000041. */
export const byNumber = (one: string, other: string): number => numberOf(one) - numberOf(other);

const numberOf = (id: string): number => Number(id.slice(id.lastIndexOf('-') + 1));
