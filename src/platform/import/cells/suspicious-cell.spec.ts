import { suspicionOf } from './suspicious-cell.js';

describe('the value of a cell', () => {
  it.each([
    ['#N/A', /spreadsheet error/],
    [' #REF! ', /spreadsheet error/],
    ['NULL', /for an empty value/],
    ['\\N', /for an empty value/],
    ['6-Nov', /a date that a spreadsheet made/],
    ['Nov-06', /a date that a spreadsheet made/],
    ['6-Nov-25', /a date that a spreadsheet made/],
    ['JosÃ©', /wrong encoding/],
    ['Ã‰milie', /wrong encoding/],
    ['Oâ€™Neill', /wrong encoding/],
  ])('is suspicious if it is %j', (cell, reason) => {
    expect(suspicionOf(cell)).toMatch(reason);
  });

  it.each([
    'José',
    'ÉMILIE',
    'O’Neill',
    'Null',
    'Ãngelo',
    'Müller–Lüdenscheidt',
    '#5 Main St',
    '1A23',
    '5-November Street',
    'द्राइवर',
    '',
    'Mar',
  ])('is not suspicious if it is %j', (cell) => {
    expect(suspicionOf(cell)).toBeNull();
  });
});
