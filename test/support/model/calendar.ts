/** Days since 1970-01-01, a Thursday. */
export type Day = number;

const MS_PER_DAY = 86_400_000;

export const dayOf = (date: string): Day => Date.parse(`${date}T00:00:00Z`) / MS_PER_DAY;
export const dateOf = (day: Day): string => new Date(day * MS_PER_DAY).toISOString().slice(0, 10);
/** The Sunday of the payment week. */
export const sundayOf = (day: Day): Day => day - ((day + 4) % 7);
export const saturdayOf = (day: Day): Day => sundayOf(day) + 6;
