import { fullName, isSameName, parseTlcName } from './tlc-name.js';

describe('a name from the TLC list', () => {
  it.each([
    ['AHMAD,SHAHID', 'SHAHID', 'AHMAD'],
    ['ISLAM,MOHAMMAD,R', 'MOHAMMAD R', 'ISLAM'],
    ['SMITH JR,JOHN', 'JOHN', 'SMITH JR'],
    ['SMITH,JOHN,A,JR', 'JOHN A JR', 'SMITH'],
    ['DE LA CRUZ,MARIA  ELENA,', 'MARIA ELENA', 'DE LA CRUZ'],
    [" O'BRIEN , SEAN ,,", 'SEAN', "O'BRIEN"],
    ['SUHARTO', '', 'SUHARTO'],
    ['SUHARTO,,', '', 'SUHARTO'],
  ])('is split into first and last name: %s', (name, first_name, last_name) => {
    expect(parseTlcName(name)).toEqual({ first_name, last_name });
  });

  it.each([',AMAR', '', ','])('has no last name if it is %j', (name) => {
    expect(parseTlcName(name)).toBeNull();
  });

  it('has no leading space if it has only a last name', () => {
    expect(fullName({ first_name: 'Amar', last_name: 'Singh' })).toBe('Amar Singh');
    expect(fullName({ first_name: '', last_name: 'Suharto' })).toBe('Suharto');
  });

  it('is formatted in capitals again', () => {
    const typed = { first_name: 'José', last_name: 'de la Cruz' };
    expect(isSameName(typed, { first_name: 'JOSE\u0301', last_name: 'DE LA CRUZ' })).toBe(true);
    expect(isSameName(typed, { first_name: 'JOSE', last_name: 'DE LA CRUZ' })).toBe(false);
    expect(isSameName(typed, { first_name: 'JOSÉ A', last_name: 'DE LA CRUZ' })).toBe(false);
  });
});
