import type { Cells } from '../row-error.js';

/** Normalizes a cell with a fixed word, for example a status, to the form of the API: upper case, trimmed. */
export function withWordCell(cells: Cells, column: string): Cells {
  const word = cells[column];
  return word === undefined ? cells : { ...cells, [column]: word.trim().toUpperCase() };
}
