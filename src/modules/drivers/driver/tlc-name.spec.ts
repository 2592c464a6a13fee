import { fullName, isSameName, parseTlcName } from './tlc-name.js';

describe("a name of the city's list", () => {
  it.each([
    ['AHMAD,SHAHID', 'SHAHID', 'AHMAD'],
    ['ISLAM,MOHAMMAD,R', 'MOHAMMAD R', 'ISLAM'],
    ['SMITH JR,JOHN', 'JOHN', 'SMITH JR'],
    ['SMITH,JOHN,A,JR', 'JOHN A JR', 'SMITH'],
    ['DE LA CRUZ,MARIA  ELENA,', 'MARIA ELENA', 'DE LA CRUZ'],
    [" O'BRIEN , SEAN ,,", 'SEAN', "O'BRIEN"],
    ['SUHARTO', '', 'SUHARTO'],
    ['SUHARTO,,', '', 'SUHARTO'],
  ])('%s is a first and a last name, or a last name alone', (name, first_name, last_name) => {
    expect(parseTlcName(name)).toEqual({ first_name, last_name });
  });

  it.each([',AMAR', '', ','])('%j has no last name', (name) => {
    expect(parseTlcName(name)).toBeNull();
  });

  it('is written without a blank before an only name', () => {
    expect(fullName({ first_name: 'Amar', last_name: 'Singh' })).toBe('Amar Singh');
    expect(fullName({ first_name: '', last_name: 'Suharto' })).toBe('Suharto');
  });

  it('is the same name in capitals', () => {
    const typed = { first_name: 'José', last_name: 'de la Cruz' };
    expect(isSameName(typed, { first_name: 'JOSE\u0301', last_name: 'DE LA CRUZ' })).toBe(true);
    expect(isSameName(typed, { first_name: 'JOSE', last_name: 'DE LA CRUZ' })).toBe(false);
    expect(isSameName(typed, { first_name: 'JOSÉ A', last_name: 'DE LA CRUZ' })).toBe(false);
  });
});
