import type {
  DocumentContent,
  DocumentLayout,
  DocumentOptions,
  DocumentPart,
  PdfRow,
} from './document-layout.js';
import type { TextStyle } from './pdf-sheet.js';
import type { PdfColumn } from './pdf-table.js';

/** What a document says, from top to bottom. PdfThread draws it. */
export class PdfDocument implements DocumentContent {
  readonly parts: DocumentPart[] = [];

  constructor(readonly options: DocumentOptions) {}

  heading(text: string): void {
    this.parts.push(['heading', text]);
  }

  paragraph(text: string, style: TextStyle = {}): void {
    this.parts.push(['paragraph', text, style]);
  }

  /** Sentences with their numbers before them. */
  numbered(sentences: readonly string[]): void {
    this.parts.push(['numbered', sentences]);
  }

  /** Labels with their values below them, in columns of equal width; an empty value leaves its place free. */
  facts(...content: Parameters<DocumentLayout['facts']>): void {
    this.parts.push(['facts', ...content]);
  }

  /** What must not be missed: framed, in the color of a warning. */
  notice(title: string, text: string): void {
    this.parts.push(['notice', title, text]);
  }

  /** The one figure that the reader looks for. */
  figure(label: string, amount: string): void {
    this.parts.push(['figure', label, amount]);
  }

  table(columns: readonly PdfColumn[], rows: readonly PdfRow[]): void {
    this.parts.push(['table', columns, rows]);
  }

  /** Lines to sign on, two beside each other and a date to each, together with the sentence that is signed. */
  signatures(...content: Parameters<DocumentLayout['signatures']>): void {
    this.parts.push(['signatures', ...content]);
  }
}
