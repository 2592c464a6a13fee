import type {
  DocumentContent,
  DocumentLayout,
  DocumentOptions,
  DocumentPart,
  PdfRow,
} from './document-layout.js';
import type { TextStyle } from './pdf-sheet.js';
import type { PdfColumn } from './pdf-table.js';

/** The content of a document from top to bottom. PdfThread draws it. */
export class PdfDocument implements DocumentContent {
  readonly parts: DocumentPart[] = [];

  constructor(readonly options: DocumentOptions) {}

  heading(text: string): void {
    this.parts.push(['heading', text]);
  }

  paragraph(text: string, style: TextStyle = {}): void {
    this.parts.push(['paragraph', text, style]);
  }

  /** A numbered list of sentences. */
  numbered(sentences: readonly string[]): void {
    this.parts.push(['numbered', sentences]);
  }

  /** Labels with values below them, in columns of equal width. The space of an empty value stays blank. */
  facts(...content: Parameters<DocumentLayout['facts']>): void {
    this.parts.push(['facts', ...content]);
  }

  /** A framed notice in the warning color. */
  notice(title: string, text: string): void {
    this.parts.push(['notice', title, text]);
  }

  /** The main figure of the document. */
  figure(label: string, amount: string): void {
    this.parts.push(['figure', label, amount]);
  }

  table(columns: readonly PdfColumn[], rows: readonly PdfRow[]): void {
    this.parts.push(['table', columns, rows]);
  }

  /** Signature lines, two side by side with a date each, on the same page as the sentence to sign. */
  signatures(...content: Parameters<DocumentLayout['signatures']>): void {
    this.parts.push(['signatures', ...content]);
  }
}
