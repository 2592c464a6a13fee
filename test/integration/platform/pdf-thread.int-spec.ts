import { PdfDocument } from '../../../src/platform/pdf/pdf-document.js';
import { PdfThread } from '../../../src/platform/pdf/pdf-thread.js';

const COLUMNS = [
  { heading: 'Posting', width: 200, align: 'left' },
  { heading: 'Amount', width: 100, align: 'right' },
] as const;

let thread: PdfThread;

beforeEach(() => {
  thread = new PdfThread();
});

afterEach(() => thread.onModuleDestroy());

function documentOf(rows: number): PdfDocument {
  const document = new PdfDocument({
    title: 'Statement',
    madeAt: new Date('2025-10-29T13:00:00Z'),
    issuer: 'Fleet',
    reference: 'Week 44',
    foot: 'Lease 1',
  });
  document.table(
    COLUMNS,
    Array.from({ length: rows }, (_, row) => ({ cells: [`LP-2025-${row}`, `${row}.00`] })),
  );
  return document;
}

/** The duration of the work and the longest time for which it blocked the event loop. */
async function timed(work: () => Promise<unknown>): Promise<{ total: number; longest: number }> {
  const began = performance.now();
  let [last, longest, isDone] = [began, 0, false];
  const tick = (): void => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
    if (!isDone) setImmediate(tick);
  };
  setImmediate(tick);
  await work();
  isDone = true;
  return { total: performance.now() - began, longest: Math.max(longest, performance.now() - last) };
}

describe('the PDF worker thread', () => {
  it('does not block the main thread', async () => {
    const { total, longest } = await timed(() => thread.document(documentOf(5_000)));
    expect(longest).toBeLessThan(total / 2);
  });

  it('renders several files in small steps, one after the other', async () => {
    const files = await Promise.all([10, 200, 30].map((rows) => thread.document(documentOf(rows))));
    for (const file of files) expect(file.toString('latin1', 0, 8)).toBe('%PDF-1.7');
    expect(files[1]!.length).toBeGreaterThan(files[0]!.length);
  });

  it('fails the current file if it exits and restarts for the next one', async () => {
    const failed = expect(thread.document(documentOf(5_000))).rejects.toThrow('has ended');
    await thread.onModuleDestroy();
    await failed;
    expect((await thread.document(documentOf(1))).length).toBeGreaterThan(1_000);
  });

  it('passes its errors on', async () => {
    const document = documentOf(1);
    document.paragraph(null as unknown as string);
    await expect(thread.document(document)).rejects.toThrow('TypeError');
    expect((await thread.document(documentOf(1))).length).toBeGreaterThan(1_000);
  });
});
