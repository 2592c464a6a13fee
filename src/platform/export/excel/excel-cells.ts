import { Temporal } from 'temporal-polyfill';
import type { CellKind, CellValue } from '../export-table.js';
import { escapeFormula } from '../escape-formula.js';

/** Excel stores 15 digits. Longer numbers are written as text, so no digit is lost. */
export const MAX_DIGITS = 15;
const MAX_TEXT = 32_767;
const DAY_MS = 86_400_000;
/**
 * Days from Excel's day 0 to 1970-01-01. Before day 61, Excel's calendar has a day that never existed (1900-02-29).
 */
const EPOCH_DAY = 25_569;
const FIRST_TRUE_DAY = 61;
const LAST_DAY = 2_958_465;
/** Time zones change their offset only on a quarter of an hour */
const OFFSET_MS = 900_000;
const MAX_OFFSETS = 10_000;

/** Control characters that XML does not allow, lone surrogates and noncharacters */
const UNWRITABLE = /(?![\t\n\r])[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu;
/** XML readers treat a bare carriage return as a line break */
const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
};
/**
 * The underscore of _x000D_ and similar, which spreadsheets read as an escaped character (ISO/IEC 29500,
 * ST_Xstring)
 */
const ESCAPE_START = /_(?=x[0-9A-Fa-f]{4}_)/g;

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

/** Writes a cell of one column from its reference, for example B7, and its value. */
export type CellWriter = (place: string, value: CellValue) => string;

export function cellWriterOf(kind: CellKind, timeZone: string): CellWriter {
  const toLocalTime = kind === 'instant' ? localTimeIn(timeZone) : null;
  return (place, value) => {
    if (value === null) return '';
    if (value instanceof Date) {
      return numberCell(place, String(toLocalTime ? toLocalTime(value) : value.getTime()), STYLE.instant);
    }
    if (typeof value === 'boolean') return `<c r="${place}" t="b"><v>${value ? 1 : 0}</v></c>`;
    return numberOf(kind, String(value), place) ?? textCell(place, String(value), STYLE.text);
  };
}

/** The cell as a number, or null if Excel cannot store the value exactly as a number. */
function numberOf(kind: CellKind, text: string, place: string): string | null {
  switch (kind) {
    case 'money':
    case 'integer':
      return digitsIn(text) > MAX_DIGITS ? null : numberCell(place, text, STYLE[kind]);
    case 'percentage':
      return numberCell(place, hundredthOf(text), STYLE.percentage);
    case 'date': {
      const day = Date.parse(text) / DAY_MS + EPOCH_DAY;
      return day >= FIRST_TRUE_DAY && day <= LAST_DAY ? numberCell(place, String(day), STYLE.date) : null;
    }
    case 'text':
    case 'instant':
      return null;
  }
}

export function numberCell(place: string, number: string, style: number): string {
  return `<c r="${place}" s="${style}"><v>${number}</v></c>`;
}

export function textCell(place: string, text: string, style: number): string {
  const value = cellText(escapeFormula(text).slice(0, MAX_TEXT));
  return `<c r="${place}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${value}</t></is></c>`;
}

/** Escapes text for an XML element or attribute. Characters that XML does not allow are dropped. */
export function xmlText(text: string): string {
  return escapeXml(text.replace(UNWRITABLE, ''));
}

/** Escapes the text of a cell so that no part of it is read as an escaped character. */
function cellText(text: string): string {
  // drop invalid characters first: otherwise "_x00\0" and "0D_" would join
  return escapeXml(text.replace(UNWRITABLE, '').replace(ESCAPE_START, '_x005F_'));
}

function escapeXml(text: string): string {
  return text.replace(/[&<>"\r]/g, (character) => ENTITIES[character] ?? '');
}

/** The name of the column at the index: A, B, … Z, AA, … */
export function columnName(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : columnName(Math.floor(index / 26) - 1) + last;
}

export function digitsIn(number: string): number {
  return number.replace(/^-?0*|\./g, '').length;
}

/** 10.00 percent is 0.1000. Moves the decimal point without arithmetic. */
function hundredthOf(percent: string): string {
  const [whole = '0', decimals = ''] = percent.split('.', 2);
  const digits = whole.padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}${decimals}`;
}

/** The instant as an Excel date: days with fractions, in local time of the time zone. */
function localTimeIn(timeZone: string): (instant: Date) => number {
  const offsets = new Map<number, number>();
  return (instant) => {
    const time = instant.getTime();
    const quarter = Math.floor(time / OFFSET_MS);
    let offset = offsets.get(quarter);
    if (offset === undefined) {
      const zoned = Temporal.Instant.fromEpochMilliseconds(quarter * OFFSET_MS).toZonedDateTimeISO(timeZone);
      offset = zoned.offsetNanoseconds / 1e6;
      if (offsets.size >= MAX_OFFSETS) offsets.clear();
      offsets.set(quarter, offset);
    }
    return (time + offset) / DAY_MS + EPOCH_DAY;
  };
}
