import PDFDocument from 'pdfkit';
import type { Lettering } from './typesetter.js';
import { Typesetter } from './typesetter.js';
import type { Weight } from './typefaces.js';

/** Shades of ink, from the one for what matters to the one for lines between rows. */
export const INK = {
  text: '#1b2430',
  quiet: '#5b6673',
  line: '#c9d0d8',
  faint: '#eef1f4',
  warning: '#9a3412',
} as const;

export interface TextStyle {
  /** In points; 9 where it is left out */
  readonly size?: number;
  readonly weight?: Weight;
  readonly color?: string;
  /** Where x is: the left end of the line, or its right end */
  readonly align?: 'left' | 'right';
  /** The width that the line may take, in points; what is longer is made to fit as `overflow` says */
  readonly width?: number;
  /** `squeeze` keeps every character, as an id or an amount must; `cut` ends in an ellipsis once squeezing would hurt */
  readonly overflow?: 'squeeze' | 'cut';
}

export interface SheetOptions {
  readonly title: string;
  readonly layout: 'portrait' | 'landscape';
  /** When it was made, on the service's clock */
  readonly madeAt: Date;
  /** Keeps every page until the end, so that it may be written on again; else a page is gone when the next begins */
  readonly keepsPages: boolean;
}

const ELLIPSIS = '…';
const LETTERS = new Intl.Segmenter('en');
/** Letters that are drawn together further than this are hard to read. */
const READABLE_STRETCH = 0.85;

/** Sheets of US Letter paper to be written on; positions in points from the top left, lines of text by their baseline. */
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
      // of words that were laid out, pdfkit would keep every one
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

  /** Of the pages that are kept: to write on each of them again. */
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
    const lettering = letteringOf(style);
    const { text, width, stretch } = this.fitted(line, lettering, style);
    this.ink(style.color ?? INK.text);
    this.typesetter.draw(text, style.align === 'right' ? x - width : x, y, lettering, stretch);
  }

  /** In points. */
  widthOf(line: string, style: TextStyle = {}): number {
    return this.typesetter.widthOf(line, letteringOf(style));
  }

  /** The text in lines that are no wider than `style.width`; a word that is wider stands alone. */
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

  /** What has been written of the file since the last time; null where that is nothing. */
  read(): Buffer | null {
    return this.pdf.read() as Buffer | null;
  }

  /** No more pages: the rest of the file can be read. */
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
    lettering: Lettering,
    { width: room = Infinity, overflow = 'squeeze' }: TextStyle,
  ): { text: string; width: number; stretch: number } {
    const natural = this.typesetter.widthOf(line, lettering);
    if (natural <= room) return { text: line, width: natural, stretch: 1 };
    if (overflow === 'squeeze' || natural * READABLE_STRETCH <= room) {
      return { text: line, width: room, stretch: room / natural };
    }
    const text = this.cut(line, lettering, room / READABLE_STRETCH);
    const cutWidth = this.typesetter.widthOf(text, lettering) * READABLE_STRETCH;
    return { text, width: cutWidth, stretch: READABLE_STRETCH };
  }

  /** The longest beginning that fits together with an ellipsis; no letter is parted from its marks. */
  private cut(line: string, lettering: Lettering, room: number): string {
    const letters = Array.from(LETTERS.segment(line), ({ segment }) => segment);
    let [fits, tooLong] = [0, letters.length];
    const beginning = (length: number): string => letters.slice(0, length).join('').trimEnd() + ELLIPSIS;
    while (tooLong - fits > 1) {
      const middle = Math.floor((fits + tooLong) / 2);
      if (this.typesetter.widthOf(beginning(middle), lettering) <= room) fits = middle;
      else tooLong = middle;
    }
    return beginning(fits);
  }
}

function letteringOf({ size = 9, weight = 'regular' }: TextStyle): Lettering {
  return { size, weight };
}
