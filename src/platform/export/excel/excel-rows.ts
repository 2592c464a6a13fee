import type { Statement } from '../../database/row-streams.js';
import { escapedFormula, needsEscape } from '../escape-formula.js';
import type { ExportSource } from '../export-sql.js';
import { cellsOf } from '../export-sql.js';
import type { ExportColumn } from '../export-table.js';
import { isFreeText } from '../export-table.js';
import {
  columnName,
  ENTITIES,
  EPOCH_DAY,
  ESCAPE_START,
  FIRST_TRUE_DAY,
  LAST_DAY,
  MAX_DIGITS,
  STYLE,
  UNWRITABLE,
} from './excel-cells.js';
import { DATA_ROWS } from './excel-sheets.js';

/** Also those that XML readers would not keep, or would read as something else */
const ESCAPED_CHARACTERS = `[&<>"\\t\\n\\r]|${UNWRITABLE}|${ESCAPE_START}`;
const DAY_SECONDS = 86_400;

/**
 * The rows of the sheets as XML, composed by the database. Rows are numbered below the header, on each sheet again.
 *
 * @param dataRows number of rows on a full sheet, without the header and the totals row
 */
export function excelRows(source: ExportSource, timeZone: string, dataRows = DATA_ROWS): Statement {
  const { text, parameters } = cellsOf(source);
  const zone = `$${parameters.length + 1}::text`;
  const number = `(row_number() OVER () - 1) % $${parameters.length + 2}::integer + 2`;
  const cells = source.columns.map((column, index) => excelCell(column, columnName(index)));
  return {
    text: `SELECT concat('<row r="', number, '">', ${cells.join(', ')}, '</row>') AS xml
           FROM (SELECT ${number} AS number, ${zone} AS zone, numbered.* FROM (${text}) AS numbered) AS cell`,
    parameters: [...parameters, timeZone, dataRows],
  };
}

/** The cell as XML, or null if it is empty. What Excel cannot store exactly as a number is written as text. */
function excelCell(column: ExportColumn, name: string): string {
  const { field, kind } = column;
  const cell = `cell."${field}"`;
  const text = textCell(name, `${cell}::text`);
  const numberIf = (limit: string, value: string, style: number): string =>
    `CASE WHEN ${cell} ${limit} THEN ${numberCell(name, value, style)} ELSE ${text} END`;
  switch (kind) {
    case 'text':
      return isFreeText(column) ? freeText(name, `${cell}::text`) : text;
    case 'boolean':
      return `${cellStart(name)} t="b"><v>' || ${cell}::integer || '</v></c>'`;
    case 'integer':
      return numberIf(upTo('9'.repeat(MAX_DIGITS)), cell, STYLE.integer);
    case 'money':
      return numberIf(upTo(`${'9'.repeat(MAX_DIGITS - 2)}.99`), cell, STYLE.money);
    case 'percentage':
      // trim_scale: 10.00 percent is 0.1
      return numberCell(name, `trim_scale(${cell} / 100)`, STYLE.percentage);
    case 'date':
      return numberIf(DAYS, `(${cell} - date '1970-01-01' + ${EPOCH_DAY})`, STYLE.date);
    case 'instant':
      return numberCell(name, localDay(cell), STYLE.instant);
  }
}

function freeText(name: string, text: string): string {
  const preserved = textCell(name, escaped(text), ' xml:space="preserve"');
  return `CASE WHEN ${needsEscape(text, ESCAPED_CHARACTERS)} THEN ${preserved} ELSE ${textCell(name, text)} END`;
}

/** The start of a cell with its reference, such as B7. */
const cellStart = (name: string): string => `'<c r="${name}' || number || '"`;

const numberCell = (name: string, value: string, style: number): string =>
  `${cellStart(name)} s="${style}"><v>' || ${value} || '</v></c>'`;

const textCell = (name: string, text: string, attribute = ''): string =>
  `${cellStart(name)} t="inlineStr"><is><t${attribute}>' || ${text} || '</t></is></c>'`;

/** Days with fractions, in local time of the time zone of the row. */
const localDay = (instant: string): string =>
  `(extract(epoch FROM ${instant} AT TIME ZONE cell.zone)::float8 / ${DAY_SECONDS} + ${EPOCH_DAY})`;

const upTo = (most: string): string => `BETWEEN -${most} AND ${most}`;

const DAYS = `BETWEEN date '1970-01-01' + ${FIRST_TRUE_DAY - EPOCH_DAY} AND date '1970-01-01' + ${LAST_DAY - EPOCH_DAY}`;

/** The text for an XML element. Characters that XML does not allow are dropped. */
function escaped(text: string): string {
  // drop invalid characters first: otherwise "_x00\x01" and "0D_" would join
  const writable = `regexp_replace(${escapedFormula(text)}, '${UNWRITABLE}', '', 'g')`;
  const unescaped = `regexp_replace(${writable}, '${ESCAPE_START}', '_x005F_', 'g')`;
  return ENTITIES.reduce(
    (xml, [character, entity]) =>
      `replace(${xml}, ${character === '\r' ? 'chr(13)' : `'${character}'`}, '${entity}')`,
    unescaped,
  );
}
