/** A driver's name in two parts. Who has one name only has it as the last name, and the first name is empty. */
export interface PersonName {
  readonly first_name: string;
  readonly last_name: string;
}

/** The name as it is written to people. */
export function fullName({ first_name, last_name }: PersonName): string {
  return `${first_name} ${last_name}`.trim();
}

/**
 * Reads a name as the city's list has it, LAST,FIRST,MIDDLE: all behind the last name is the first name, also a suffix
 * such as JR. Null where there is no last name.
 */
export function parseTlcName(name: string): PersonName | null {
  const [last_name = '', ...others] = name.split(',').map((part) => part.trim().replaceAll(/\s+/g, ' '));
  const first_name = others.filter((part) => part !== '').join(' ');
  return last_name === '' ? null : { first_name, last_name };
}

/** Whether two names differ in their letter case at most, or in how their accents are encoded. */
export function isSameName(one: PersonName, other: PersonName): boolean {
  const plain = ({ first_name, last_name }: PersonName): string =>
    `${last_name},${first_name}`.normalize('NFC').toUpperCase();
  return plain(one) === plain(other);
}
