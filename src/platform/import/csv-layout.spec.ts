import { matchHeader } from './csv-layout.js';
import type { DomainError } from '../../kernel/errors/domain-error.js';

const FLEET = { required: ['number', 'first_name'], optional: ['phone'] };
const CITY = { required: ['License Number', 'Name'], optional: [] };

const refusalOf = (...header: string[]): string => {
  try {
    matchHeader(header, [FLEET, CITY]);
  } catch (error) {
    expect((error as DomainError).code).toBe('IMPORT_HEADER_INVALID');
    return (error as DomainError).message;
  }
  throw new Error('it fits');
};

describe('a CSV header', () => {
  it('matches a layout in any order, letter case and spacing, with or without optional columns', () => {
    expect(matchHeader([' Phone', 'NUMBER', 'First-Name'], [FLEET, CITY])).toEqual({
      layout: FLEET,
      columns: ['phone', 'number', 'first_name'],
    });
    expect(matchHeader(['name', 'license_number'], [FLEET, CITY])).toEqual({
      layout: CITY,
      columns: ['Name', 'License Number'],
    });
  });

  it('can be followed by empty columns', () => {
    expect(matchHeader(['number', 'first_name', '', ' '], [FLEET, CITY])).toEqual({
      layout: FLEET,
      columns: ['number', 'first_name'],
    });
  });

  const accepted = 'The columns are number, first_name and optionally phone; or License Number, Name.';

  it.each([
    [['number', 'surname'], '"first_name" is missing, "surname" is unknown'],
    [['License Number'], '"Name" is missing'],
    [['number', 'first_name', 'Number'], '"Number" appears twice'],
    [['number', '', 'first_name'], 'a column has no name'],
    [['License Number', 'Name', 'phone'], '"phone" is unknown'],
  ])('that matches no layout is rejected with the reason: %j', (header, fault) => {
    expect(refusalOf(...header)).toBe(`The first line does not name the columns: ${fault}. ${accepted}`);
  });
});
