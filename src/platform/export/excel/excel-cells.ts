import { Temporal } from 'temporal-polyfill';
import { escapeFormula } from '../escape-formula.js';

/** Excel stores 15 digits. Longer numbers are written as text, so no digit is lost. */
export const MAX_DIGITS = 15;
const DAY_MS = 86_400_000;
/**
 * Days from Excel's day 0 to 1970-01-01. Before day 61, Excel's calendar has a day that never existed (1900-02-29).
 */
export const EPOCH_DAY = 25_569;
export const FIRST_TRUE_DAY = 61;
export const LAST_DAY = 2_958_465;

/** Control characters that XML does not allow, and noncharacters. JavaScript and PostgreSQL read it alike. */
export const UNWRITABLE = '[\\u0001-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f\\ufffe\\uffff]';
/**
 * The underscore of _x000D_ and similar, which spreadsheets read as an escaped character (ISO/IEC 29500,
 * ST_Xstring)
 */
export const ESCAPE_START = '_(?=x[0-9A-Fa-f]{4}_)';
/** In the order in which they are replaced. XML readers treat a bare carriage return as a line break. */
export const ENTITIES = [
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ['\r', '&#13;'],
] as const;

/** Indexes of the cell formats in styles.xml. */
export const STYLE = {
  text: 0,
  heading: 1,
  integer: 2,
  money: 3,
  percentage: 4,
  date: 5,
  instant: 6,
  totalText: 7,
  totalInteger: 8,
  totalMoney: 9,
} as const;

const STYLES_XML = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="4">
<numFmt numFmtId="164" formatCode="&quot;$&quot;#,##0.00;[Red]-&quot;$&quot;#,##0.00"/>
<numFmt numFmtId="165" formatCode="yyyy-mm-dd"/><numFmt numFmtId="166" formatCode="yyyy-mm-dd hh:mm:ss"/>
<numFmt numFmtId="167" formatCode="#,##0"/></numFmts>
<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>
<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>
<fill><patternFill patternType="solid"><fgColor rgb="FFE7ECF2"/></patternFill></fill></fills>
<borders count="2"><border/><border><left/><right/><top style="thin"/><bottom/></border></borders>
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0"/></cellStyleXfs><cellXfs count="10"><xf xfId="0" fontId="0"/>
<xf xfId="0" fontId="1" fillId="2" applyFont="1" applyFill="1"/>${[
  '0" numFmtId="1',
  '0" numFmtId="164',
  '0" numFmtId="10',
  '0" numFmtId="165',
  '0" numFmtId="166',
  '1" borderId="1" applyFont="1" applyBorder="1',
  '1" borderId="1" applyFont="1" applyBorder="1" numFmtId="167',
  '1" borderId="1" applyFont="1" applyBorder="1" numFmtId="164',
]
  .map((format) => `<xf xfId="0" applyNumberFormat="1" fontId="${format}"/>`)
  .join('')}</cellXfs></styleSheet>`;

export const stylesXml = (): string => STYLES_XML;

export function numberCell(place: string, number: string, style: number): string {
  return `<c r="${place}" s="${style}"><v>${number}</v></c>`;
}

export function textCell(place: string, text: string, style: number): string {
  const value = cellText(escapeFormula(text));
  return `<c r="${place}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${value}</t></is></c>`;
}

/** Escapes text for an XML element or attribute. Characters that XML does not allow are dropped. */
export function xmlText(text: string): string {
  return escapeXml(writable(text));
}

/** Escapes the text of a cell so that no part of it is read as an escaped character. */
function cellText(text: string): string {
  // drop invalid characters first: otherwise "_x00\x01" and "0D_" would join
  return escapeXml(writable(text).replace(new RegExp(ESCAPE_START, 'g'), '_x005F_'));
}

const writable = (text: string): string => text.replace(new RegExp(UNWRITABLE, 'gu'), '');

const escapeXml = (text: string): string =>
  ENTITIES.reduce((escaped, [character, entity]) => escaped.replaceAll(character, entity), text);

/** The name of the column at the index: A, B, … Z, AA, … */
export function columnName(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : columnName(Math.floor(index / 26) - 1) + last;
}

export function digitsIn(number: string): number {
  return number.replace(/^-?0*|\./g, '').length;
}

/** The instant as an Excel date: days with fractions, in local time of the time zone. */
export function localDay(instant: Date, timeZone: string): number {
  const { offsetNanoseconds } = Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(
    timeZone,
  );
  return (instant.getTime() + offsetNanoseconds / 1e6) / DAY_MS + EPOCH_DAY;
}
