import type { PdfSheet, TextStyle } from './pdf-sheet.js';
import { INK } from './pdf-sheet.js';
import type { Weight } from './typefaces.js';

export interface PdfColumn {
  readonly heading: string;
  /** In points, including padding */
  readonly width: number;
  readonly align: 'left' | 'right';
  /** Text that may be cut if it does not fit. Other values, for example ids, are condensed and stay complete. */
  readonly isProse?: boolean;
}

export interface RowStyle {
  readonly weight?: Weight;
  readonly color?: string;
  /** A label in place of the first cells, across their columns */
  readonly label?: { readonly text: string; readonly columns: number };
}

const PADDING = 3;
const LINE_HEIGHT = 1.25;

/** A table with rows of equal height, so that the number of rows on a page is known in advance. */
export class PdfTable {
  readonly rowHeight: number;
  readonly headHeight: number;
  private readonly headings: readonly string[][];

  constructor(
    private readonly sheet: PdfSheet,
    private readonly columns: readonly PdfColumn[],
    private readonly left: number,
    private readonly size: number,
  ) {
    this.rowHeight = Math.round(size * 1.9);
    const heading = this.headingStyle();
    this.headings = columns.map((column) =>
      sheet.wrap(column.heading, { ...heading, width: column.width - 2 * PADDING }),
    );
    const lines = Math.max(...this.headings.map(({ length }) => length));
    this.headHeight = lines * this.size * LINE_HEIGHT + 8;
  }

  get width(): number {
    return this.columns.reduce((sum, { width }) => sum + width, 0);
  }

  /** Draws the headings below y. The first row begins at y + headHeight. */
  head(y: number): void {
    const { sheet } = this;
    const bottom = y + this.headHeight;
    sheet.fill(this.left, y, this.width, this.headHeight, INK.faint);
    this.eachColumn((column, x, index) => {
      const lines = this.headings[index] ?? [];
      lines.forEach((line, number) => {
        const baseline = bottom - 5 - (lines.length - 1 - number) * this.size * LINE_HEIGHT;
        sheet.text(line, x, baseline, { ...this.headingStyle(), ...boundsOf(column) });
      });
    });
    sheet.rule(this.left, this.left + this.width, bottom, INK.quiet, 0.75);
  }

  /** Draws a row below y, with a line under it. */
  row(y: number, cells: readonly string[], { label, ...style }: RowStyle = {}): void {
    const baseline = y + this.rowHeight * 0.67;
    const spanned = label?.columns ?? 0;
    if (label) {
      const room = this.columns.slice(0, spanned).reduce((sum, { width }) => sum + width, 0);
      this.sheet.text(label.text, this.left + PADDING, baseline, {
        ...style,
        size: this.size,
        width: room - 2 * PADDING,
      });
    }
    this.eachColumn((column, x, index) => {
      if (index < spanned) return;
      this.sheet.text(cells[index] ?? '', x, baseline, { ...style, size: this.size, ...boundsOf(column) });
    });
    this.sheet.rule(this.left, this.left + this.width, y + this.rowHeight, INK.line, 0.35);
  }

  /** Draws a line that separates the following rows, for example totals. */
  ruleAbove(y: number): void {
    this.sheet.rule(this.left, this.left + this.width, y, INK.quiet, 0.75);
  }

  private headingStyle(): TextStyle {
    return { size: this.size - 0.5, weight: 'bold', color: INK.quiet };
  }

  private eachColumn(draw: (column: PdfColumn, x: number, index: number) => void): void {
    let left = this.left;
    this.columns.forEach((column, index) => {
      draw(column, column.align === 'right' ? left + column.width - PADDING : left + PADDING, index);
      left += column.width;
    });
  }
}

function boundsOf({ align, width, isProse = false }: PdfColumn): TextStyle {
  return { align, width: width - 2 * PADDING, overflow: isProse ? 'cut' : 'squeeze' };
}
