import { readFileSync } from 'node:fs';
import path from 'node:path';

export const ROOT = path.resolve(__dirname, '../../..');

/** A fenced code block. */
export interface Block {
  /** The number of its first line of text, starting at 1 */
  readonly line: number;
  readonly language: string;
  /** The text after the language on the fence */
  readonly info: string;
  readonly text: string;
}

export interface Document {
  /** The path from the root of the project, such as docs/errors.md */
  readonly file: string;
  /** The lines outside of fenced blocks. The lines of blocks are empty. */
  readonly prose: readonly string[];
  readonly blocks: readonly Block[];
}

export function readDocument(file: string): Document {
  const prose: string[] = [];
  const blocks: Block[] = [];
  let open: { line: number; language: string; info: string; lines: string[] } | null = null;
  const lines = readFileSync(path.join(ROOT, file), 'utf8').split('\n');
  for (const [index, line] of lines.entries()) {
    prose.push(open || line.startsWith('```') ? '' : line);
    const fence = /^```(\w*) ?(.*)$/.exec(line);
    if (!fence) open?.lines.push(line);
    else if (open) {
      const { lines: text, ...where } = open;
      blocks.push({ ...where, text: text.join('\n') });
      open = null;
    } else open = { line: index + 2, language: fence[1] ?? '', info: fence[2] ?? '', lines: [] };
  }
  if (open) throw new Error(`${file}: the block of line ${open.line} is never closed`);
  return { file, prose, blocks };
}

/** The anchors of the headings, as GitHub generates them. */
export function anchorsOf({ prose }: Document): string[] {
  const headings = prose.flatMap((line) => /^#+ (.+)$/.exec(line)?.[1] ?? []);
  return headings.map((heading) =>
    heading
      .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

/** The targets of all links within the project. */
export function linksOf({ prose }: Document): string[] {
  return prose
    .flatMap((line) => [...line.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => String(target)))
    .filter((target) => !/^[a-z]+:/.test(target));
}

/** A shell block and the block below it that shows its output. */
export interface Example {
  readonly block: Block;
  readonly shown: Block | null;
}

const SHOWS = ['json', 'text', 'csv'];

/** Every shell block with the output that is shown directly below it, if any. */
export function examplesOf({ blocks, prose }: Document): Example[] {
  return blocks.flatMap((block, index) => {
    if (block.language !== 'sh') return [];
    const next = blocks[index + 1];
    const isBelow = next && SHOWS.includes(next.language) && areAdjacent(block, next, prose);
    return [{ block, shown: isBelow ? next : null }];
  });
}

function areAdjacent(block: Block, next: Block, prose: readonly string[]): boolean {
  return prose.slice(block.line - 1, next.line).every((line) => line === '');
}
