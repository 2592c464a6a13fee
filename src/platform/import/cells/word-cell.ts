import type { Cells } from '../row-error.js';

/** The cells with one of our words, such as a status, as the API writes it: capitals, and nothing around it. */
export function withWordCell(cells: Cells, column: string): Cells {
  const word = cells[column];
  return word === undefined ? cells : { ...cells, [column]: word.trim().toUpperCase() };
}
