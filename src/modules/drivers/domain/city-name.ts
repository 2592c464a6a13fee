/** A driver's name in two parts. */
export interface PersonName {
  readonly first_name: string;
  readonly last_name: string;
}

/**
 * Reads a name as the city's list has it, LAST,FIRST,MIDDLE: all behind the last name is the first name, also a suffix
 * such as JR. Null where there is only one part.
 */
export function readCityName(name: string): PersonName | null {
  const [last_name = '', ...others] = name.split(',').map((part) => part.trim().replaceAll(/\s+/g, ' '));
  const first_name = others.filter((part) => part !== '').join(' ');
  return last_name === '' || first_name === '' ? null : { first_name, last_name };
}

/** Whether two names differ in their letter case at most, or in how their accents are encoded. */
export function isSameName(one: PersonName, other: PersonName): boolean {
  const plain = ({ first_name, last_name }: PersonName): string =>
    `${last_name},${first_name}`.normalize('NFC').toUpperCase();
  return plain(one) === plain(other);
}
