import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import type { TextStyle } from './pdf-sheet.js';
import { INK, PdfSheet } from './pdf-sheet.js';
import type { PdfColumn, RowStyle } from './pdf-table.js';
import { PdfTable } from './pdf-table.js';

export interface PdfRow extends RowStyle {
  readonly cells: readonly string[];
  /** Separates the row from those above it, for example for totals */
  readonly isTotal?: boolean;
}

export interface DocumentOptions {
  readonly title: string;
  readonly madeAt: Date;
  /** The issuer, at the top of the first page */
  readonly issuer: string;
  /** The reference next to the title, for example "DL-2025-0001" */
  readonly reference: string;
  /** At the bottom of every page, next to "Page x of y" */
  readonly foot: string;
}

type Method = 'facts' | 'figure' | 'heading' | 'notice' | 'numbered' | 'paragraph' | 'signatures' | 'table';

/** A layout method with its content. The content is plain data, so that another thread can draw it. */
export type DocumentPart = {
  [M in Method]: readonly [method: M, ...content: Parameters<DocumentLayout[M]>];
}[Method];

export interface DocumentContent {
  readonly options: DocumentOptions;
  readonly parts: readonly DocumentPart[];
}

const MARGIN = 54;
const FOOT_ROOM = 26;
const LINE_HEIGHT = 1.45;
const TABLE_SIZE = 8.5;
const LABEL: TextStyle = { size: 7.5, color: INK.quiet };
const FACT: TextStyle = { size: 10 };
const FACT_LINE = 13.5;
const FOOT: TextStyle = { size: 7.5, color: INK.quiet };

/** Draws the document. It blocks its thread, so PdfThread runs it in another one. */
export async function drawDocument({ options, parts }: DocumentContent): Promise<Buffer> {
  const layout = new DocumentLayout(options);
  for (const [method, ...content] of parts) (layout[method] as (...content: unknown[]) => void)(...content);
  return layout.finished();
}

/** A portrait document that is written from top to bottom, with automatic page breaks. */
export class DocumentLayout {
  private readonly sheet: PdfSheet;
  private y = MARGIN;

  constructor(private readonly options: DocumentOptions) {
    this.sheet = new PdfSheet({ ...options, layout: 'portrait', keepsPages: true });
    this.sheet.newPage();
    this.drawHead();
  }

  get width(): number {
    return this.sheet.width - 2 * MARGIN;
  }

  heading(text: string): void {
    // no heading at the bottom of a page without text below
    this.ensureRoom(80);
    this.y += 20;
    this.sheet.text(text, MARGIN, this.y, { size: 11, weight: 'bold' });
    this.y += 8;
  }

  paragraph(text: string, style: TextStyle = {}): void {
    this.lines(text, MARGIN, this.width, style);
    this.y += 3;
  }

  /** A numbered list of sentences. */
  numbered(sentences: readonly string[]): void {
    sentences.forEach((sentence, index) => {
      this.ensureRoom(30);
      this.sheet.text(`${index + 1}.`, MARGIN, this.y + 12, { size: 9, color: INK.quiet });
      this.lines(sentence, MARGIN + 16, this.width - 16);
      this.y += 2;
    });
  }

  /** Labels with values below them, in columns of equal width. The space of an empty value stays blank. */
  facts(rows: readonly (readonly (readonly [label: string, ...values: string[]])[])[]): void {
    for (const row of rows) {
      const columnWidth = this.width / row.length;
      const values = row.map(([, ...texts]) =>
        texts.flatMap((text) => this.sheet.wrap(text, { ...FACT, width: columnWidth - 12 })),
      );
      const height = 24 + Math.max(1, ...values.map(({ length }) => length)) * FACT_LINE;
      this.ensureRoom(height);
      row.forEach(([label], column) => {
        const x = MARGIN + column * columnWidth;
        this.sheet.text(label, x, this.y + 14, LABEL);
        values[column]?.forEach((line, index) => {
          this.sheet.text(line, x, this.y + 28 + index * FACT_LINE, { ...FACT, width: columnWidth - 12 });
        });
      });
      this.y += height - 6;
    }
  }

  /** A framed notice in the warning color. */
  notice(title: string, text: string): void {
    this.ensureRoom(52);
    this.y += 8;
    this.sheet.frame(MARGIN, this.y, this.width, 36, INK.warning);
    this.sheet.text(title, MARGIN + 10, this.y + 15, { size: 10, weight: 'bold', color: INK.warning });
    this.sheet.text(text, MARGIN + 10, this.y + 28, { size: 8.5, width: this.width - 20 });
    this.y += 40;
  }

  /** The main figure of the document. */
  figure(label: string, amount: string): void {
    this.ensureRoom(50);
    this.y += 10;
    this.sheet.fill(MARGIN, this.y, this.width, 34, INK.faint);
    this.sheet.text(label, MARGIN + 10, this.y + 22, { size: 11, weight: 'bold', width: this.width - 160 });
    const right = MARGIN + this.width - 10;
    this.sheet.text(amount, right, this.y + 23, { size: 15, weight: 'bold', align: 'right' });
    this.y += 34;
  }

  /** A table. Its headings repeat on every page, and its last two rows stay together. */
  table(columns: readonly PdfColumn[], rows: readonly PdfRow[]): void {
    const table = new PdfTable(this.sheet, columns, MARGIN, TABLE_SIZE);
    this.ensureRoom(table.headHeight + 3 * table.rowHeight);
    this.y += 4;
    this.tableHead(table);
    rows.forEach((row, index) => {
      const together = index === rows.length - 2 ? 2 : 1;
      if (this.ensureRoom(together * table.rowHeight)) this.tableHead(table);
      const { cells, isTotal, ...style } = row;
      if (isTotal) table.ruleAbove(this.y);
      table.row(this.y, cells, { ...(isTotal ? { weight: 'bold' } : {}), ...style });
      this.y += table.rowHeight;
    });
  }

  /** Signature lines, two side by side with a date each, on the same page as the sentence to sign. */
  signatures(sentence: string, signers: readonly (readonly [role: string, name: string])[]): void {
    this.ensureRoom(128);
    this.heading('Signatures');
    this.paragraph(sentence);
    const top = this.y + 38;
    const half = this.width / 2;
    signers.forEach(([role, name], index) => {
      const x = MARGIN + index * half;
      this.sheet.rule(x, x + half - 100, top, INK.text);
      this.sheet.rule(x + half - 88, x + half - 16, top, INK.text);
      this.sheet.text(role, x, top + 11, LABEL);
      this.sheet.text('Date', x + half - 88, top + 11, LABEL);
      this.sheet.text(name, x, top + 24, { size: 9.5, width: half - 100 });
    });
    this.y = top + 34;
  }

  /** Returns the complete file. Nothing can be added afterwards. */
  async finished(): Promise<Buffer> {
    this.sheet.forEachPage((page, pages) => this.drawFoot(page, pages));
    this.sheet.end();
    const parts: Buffer[] = [];
    for (let part = this.sheet.read(); part !== null; part = this.sheet.read()) {
      parts.push(part);
      await yieldToEventLoop();
    }
    return Buffer.concat(parts);
  }

  /** Begins a new page if the current one has less room than this. Returns whether it did. */
  private ensureRoom(height: number): boolean {
    if (this.y + height <= this.sheet.height - MARGIN - FOOT_ROOM) return false;
    this.sheet.newPage();
    this.y = MARGIN;
    return true;
  }

  private lines(text: string, x: number, width: number, style: TextStyle = {}): void {
    const size = style.size ?? 9;
    for (const line of this.sheet.wrap(text, { ...style, width })) {
      this.ensureRoom(size * LINE_HEIGHT);
      this.y += size * LINE_HEIGHT;
      this.sheet.text(line, x, this.y, { ...style, width });
    }
  }

  private tableHead(table: PdfTable): void {
    table.head(this.y);
    this.y += table.headHeight;
  }

  private drawHead(): void {
    const { issuer, title, reference } = this.options;
    const right = MARGIN + this.width;
    this.sheet.text(issuer, MARGIN, this.y + 10, { size: 10, weight: 'bold', color: INK.quiet });
    this.sheet.text(title, MARGIN, this.y + 38, { size: 21, weight: 'bold' });
    this.sheet.text(reference, right, this.y + 38, { size: 12, weight: 'bold', align: 'right' });
    this.sheet.rule(MARGIN, right, this.y + 50, INK.text, 1);
    this.y += 54;
  }

  private drawFoot(page: number, pages: number): void {
    const y = this.sheet.height - MARGIN + 8;
    const right = MARGIN + this.width;
    this.sheet.rule(MARGIN, right, y - 14);
    this.sheet.text(this.options.foot, MARGIN, y, { ...FOOT, width: this.width - 90 });
    this.sheet.text(`Page ${page} of ${pages}`, right, y, { ...FOOT, align: 'right' });
  }
}
