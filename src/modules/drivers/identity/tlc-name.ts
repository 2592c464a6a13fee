/** A name in two parts. A person with only one name has it as the last name and an empty first name. */
export interface PersonName {
  readonly first_name: string;
  readonly last_name: string;
}

/** The name for display. */
export function fullName({ first_name, last_name }: PersonName): string {
  return `${first_name} ${last_name}`.trim();
}

/**
 * Parses a name in the format of the city's list, LAST,FIRST,MIDDLE. Everything after the last name is the first name,
 * including a suffix, for example JR. Returns null if the last name is missing.
 */
export function parseTlcName(name: string): PersonName | null {
  const [last_name = '', ...others] = name.split(',').map((part) => part.trim().replaceAll(/\s+/g, ' '));
  const first_name = others.filter((part) => part !== '').join(' ');
  return last_name === '' ? null : { first_name, last_name };
}

/** Whether two names are equal, ignoring letter case and the Unicode form of accents. */
export function isSameName(one: PersonName, other: PersonName): boolean {
  const normalized = ({ first_name, last_name }: PersonName): string =>
    `${last_name},${first_name}`.normalize('NFC').toUpperCase();
  return normalized(one) === normalized(other);
}
