import PDFDocument from 'pdfkit';
import type { FontStyle } from './typesetter.js';
import { Typesetter } from './typesetter.js';
import type { Weight } from './typefaces.js';

/** Ink colors, from important text to lines between rows. */
export const INK = {
  text: '#1b2430',
  quiet: '#5b6673',
  line: '#c9d0d8',
  faint: '#eef1f4',
  warning: '#9a3412',
} as const;

export interface TextStyle {
  /** In points. Default: 9. */
  readonly size?: number;
  readonly weight?: Weight;
  readonly color?: string;
  /** Whether x is the left or the right end of the line */
  readonly align?: 'left' | 'right';
  /** The maximum width in points. `overflow` decides how a longer line is fitted. */
  readonly width?: number;
  /**
   * `squeeze` keeps every character, for ids and amounts. `cut` ends with an ellipsis if squeezing would be
   * unreadable.
   */
  readonly overflow?: 'squeeze' | 'cut';
}

export interface SheetOptions {
  readonly title: string;
  readonly layout: 'portrait' | 'landscape';
  /** Time of creation on the service's clock */
  readonly madeAt: Date;
  /**
   * Keeps all pages until the end, so that they can be drawn on again. Otherwise a page is released when the next
   * one begins.
   */
  readonly keepsPages: boolean;
}

const ELLIPSIS = '…';
const LETTERS = new Intl.Segmenter('en');
/** Letters narrower than this are hard to read. */
const MIN_HORIZONTAL_SCALE = 0.85;

/** Pages of US Letter paper. Positions are in points from the top left. Text is positioned by its baseline. */
export class PdfSheet {
  private readonly pdf: PDFKit.PDFDocument;
  private readonly typesetter: Typesetter;
  private color: string | null = null;

  constructor(private readonly options: SheetOptions) {
    this.pdf = new PDFDocument({
      size: 'LETTER',
      layout: options.layout,
      margin: 0,
      autoFirstPage: false,
      bufferPages: options.keepsPages,
      // pdfkit would cache every word it ever laid out
      fontLayoutCache: false,
      lang: 'en-US',
      displayTitle: true,
      pdfVersion: '1.7',
      info: {
        Title: options.title,
        Creator: 'Driver Loans',
        Producer: 'Driver Loans',
        CreationDate: options.madeAt,
      },
    });
    this.typesetter = new Typesetter(this.pdf);
  }

  get width(): number {
    return this.options.layout === 'portrait' ? 612 : 792;
  }

  get height(): number {
    return this.options.layout === 'portrait' ? 792 : 612;
  }

  newPage(): void {
    this.pdf.addPage();
    this.color = null;
  }

  /** Draws on each buffered page again. */
  forEachPage(write: (page: number, pages: number) => void): void {
    const { count } = this.pdf.bufferedPageRange();
    for (let page = 1; page <= count; page += 1) {
      this.pdf.switchToPage(page - 1);
      this.color = null;
      write(page, count);
    }
  }

  text(line: string, x: number, y: number, style: TextStyle = {}): void {
    if (line === '') return;
    const fontStyle = fontStyleOf(style);
    const { text, width, horizontalScale } = this.fitted(line, fontStyle, style);
    this.ink(style.color ?? INK.text);
    this.typesetter.draw(text, style.align === 'right' ? x - width : x, y, fontStyle, horizontalScale);
  }

  /** Width of the line in points. */
  widthOf(line: string, style: TextStyle = {}): number {
    return this.typesetter.widthOf(line, fontStyleOf(style));
  }

  /** Wraps the text into lines no wider than `style.width`. A wider word gets its own line. */
  wrap(text: string, style: TextStyle & { readonly width: number }): string[] {
    const lines: string[] = [];
    for (const word of text.split(/\s+/).filter((part) => part !== '')) {
      const longer = lines.length > 0 ? `${lines.at(-1)} ${word}` : word;
      if (lines.length > 0 && this.widthOf(longer, style) <= style.width) lines[lines.length - 1] = longer;
      else lines.push(word);
    }
    return lines;
  }

  rule(from: number, to: number, y: number, color: string = INK.line, thickness = 0.5): void {
    this.pdf.moveTo(from, y).lineTo(to, y).lineWidth(thickness).strokeColor(color).stroke();
  }

  fill(x: number, y: number, width: number, height: number, color: string): void {
    this.pdf.rect(x, y, width, height).fill(color);
    this.color = null;
  }

  frame(x: number, y: number, width: number, height: number, color: string): void {
    this.pdf.rect(x, y, width, height).lineWidth(1).strokeColor(color).stroke();
  }

  /** The bytes of the file since the last call. Null without new bytes. */
  read(): Buffer | null {
    return this.pdf.read() as Buffer | null;
  }

  /** Ends the document, so that the rest of the file can be read. */
  end(): void {
    this.pdf.end();
  }

  private ink(color: string): void {
    if (this.color === color) return;
    this.pdf.fillColor(color);
    this.color = color;
  }

  private fitted(
    line: string,
    fontStyle: FontStyle,
    { width: room = Infinity, overflow = 'squeeze' }: TextStyle,
  ): { text: string; width: number; horizontalScale: number } {
    const natural = this.typesetter.widthOf(line, fontStyle);
    if (natural <= room) return { text: line, width: natural, horizontalScale: 1 };
    if (overflow === 'squeeze' || natural * MIN_HORIZONTAL_SCALE <= room) {
      return { text: line, width: room, horizontalScale: room / natural };
    }
    const text = this.cut(line, fontStyle, room / MIN_HORIZONTAL_SCALE);
    const cutWidth = this.typesetter.widthOf(text, fontStyle) * MIN_HORIZONTAL_SCALE;
    return { text, width: cutWidth, horizontalScale: MIN_HORIZONTAL_SCALE };
  }

  /** The longest prefix that fits with an ellipsis. Letters stay together with their marks. */
  private cut(line: string, fontStyle: FontStyle, room: number): string {
    const letters = Array.from(LETTERS.segment(line), ({ segment }) => segment);
    let [fits, tooLong] = [0, letters.length];
    const prefix = (length: number): string => letters.slice(0, length).join('').trimEnd() + ELLIPSIS;
    while (tooLong - fits > 1) {
      const middle = Math.floor((fits + tooLong) / 2);
      if (this.typesetter.widthOf(prefix(middle), fontStyle) <= room) fits = middle;
      else tooLong = middle;
    }
    return prefix(fits);
  }
}

function fontStyleOf({ size = 9, weight = 'regular' }: TextStyle): FontStyle {
  return { size, weight };
}
