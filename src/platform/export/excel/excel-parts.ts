import type { ExcelSheets } from './excel-sheets.js';
import { columnName, localDay, numberCell, STYLE, stylesXml, textCell, xmlText } from './excel-cells.js';
import type { ExportHead } from '../export-table.js';

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE_RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const SHEET_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** All parts of the workbook except the sheets with rows, by name. */
export function partsAround(table: ExportHead, sheets: ExcelSheets): [name: string, xml: string][] {
  const names = sheets.lastRows.map((_, index) =>
    index === 0 ? table.title : `${table.title} ${index + 1}`,
  );
  const about = names.length + 1;
  return [
    [`xl/worksheets/sheet${about}.xml`, aboutXml(table, sheets.rows)],
    ['xl/styles.xml', stylesXml()],
    ['xl/workbook.xml', workbookXml(table, sheets, names)],
    ['xl/_rels/workbook.xml.rels', workbookRelations(about)],
    ['docProps/core.xml', propertiesXml(table)],
    ['_rels/.rels', packageRelations()],
    ['[Content_Types].xml', contentTypesXml(about)],
  ];
}

/** A separate sheet with filters and time, so that it does not affect filter and totals of the rows. */
function aboutXml({ title, madeAt, timeZone, filters }: ExportHead, rows: number): string {
  const words = (text: string) => (place: string) => textCell(place, text, STYLE.text);
  const lines: [label: string, cell: (place: string) => string][] = [
    ['Title', words(title)],
    ['Made at', (place) => numberCell(place, String(localDay(madeAt, timeZone)), STYLE.instant)],
    ['Time zone', words(timeZone)],
    ['Rows', (place) => numberCell(place, String(rows), STYLE.integer)],
    ...filters.map(({ label, value }): [string, (place: string) => string] => [label, words(value)]),
  ];
  const xml = lines.map(([label, cell], index) => {
    const row = index + 1;
    return `<row r="${row}">${textCell(`A${row}`, label, STYLE.heading)}${cell(`B${row}`)}</row>`;
  });
  return (
    `${XML}<worksheet xmlns="${MAIN}"><cols><col min="1" max="1" width="28" customWidth="1"/>` +
    `<col min="2" max="2" width="48" customWidth="1"/></cols><sheetData>${xml.join('')}</sheetData></worksheet>`
  );
}

/** Excel also needs a name for the filter range. The header row is repeated on each printed page. */
function workbookXml({ columns }: ExportHead, { lastRows }: ExcelSheets, names: readonly string[]): string {
  const entries = [...names, 'About'].map(
    (name, index) => `<sheet name="${xmlText(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`,
  );
  const lastColumn = columnName(columns.length - 1);
  const named = names.flatMap((name, index) => {
    const sheet = xmlText(`'${name.replaceAll("'", "''")}'`);
    const local = `localSheetId="${index}"`;
    return [
      `<definedName name="_xlnm._FilterDatabase" ${local} hidden="1">` +
        `${sheet}!$A$1:$${lastColumn}$${lastRows[index] ?? 1}</definedName>`,
      `<definedName name="_xlnm.Print_Titles" ${local}>${sheet}!$1:$1</definedName>`,
    ];
  });
  return (
    `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE_RELATIONS}"><sheets>${entries.join('')}</sheets>` +
    `<definedNames>${named.join('')}</definedNames></workbook>`
  );
}

function workbookRelations(sheets: number): string {
  const numbers = Array.from({ length: sheets }, (_, index) => index + 1);
  const relations = numbers.map((number) =>
    relation(number, `${OFFICE_RELATIONS}/worksheet`, `worksheets/sheet${number}.xml`),
  );
  relations.push(relation(sheets + 1, `${OFFICE_RELATIONS}/styles`, 'styles.xml'));
  return relationsXml(relations);
}

function packageRelations(): string {
  return relationsXml([
    relation(1, `${OFFICE_RELATIONS}/officeDocument`, 'xl/workbook.xml'),
    relation(2, `${PACKAGE}/relationships/metadata/core-properties`, 'docProps/core.xml'),
  ]);
}

function relation(number: number, type: string, target: string): string {
  return `<Relationship Id="rId${number}" Type="${type}" Target="${target}"/>`;
}

function relationsXml(relations: readonly string[]): string {
  return `${XML}<Relationships xmlns="${PACKAGE}/relationships">${relations.join('')}</Relationships>`;
}

function propertiesXml({ title, filters, madeAt }: ExportHead): string {
  const asked = filters.map(({ label, value }) => `${label}: ${value}`).join('; ');
  return (
    `${XML}<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" ` +
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" ' +
    `xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>${xmlText(title)}</dc:title>` +
    `<dc:creator>Driver Loans</dc:creator><dc:description>${xmlText(asked)}</dc:description>` +
    `<dcterms:created xsi:type="dcterms:W3CDTF">${madeAt.toISOString()}</dcterms:created></cp:coreProperties>`
  );
}

function contentTypesXml(sheets: number): string {
  const numbers = Array.from({ length: sheets }, (_, index) => index + 1);
  const override = (part: string, type: string): string =>
    `<Override PartName="/${part}" ContentType="${type}"/>`;
  return (
    `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>` +
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
    override('xl/workbook.xml', `${SHEET_TYPE}.sheet.main+xml`) +
    override('xl/styles.xml', `${SHEET_TYPE}.styles+xml`) +
    override('docProps/core.xml', 'application/vnd.openxmlformats-package.core-properties+xml') +
    numbers.map((it) => override(`xl/worksheets/sheet${it}.xml`, `${SHEET_TYPE}.worksheet+xml`)).join('') +
    '</Types>'
  );
}
