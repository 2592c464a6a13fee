import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { TestDatabase } from '../test-database.js';
import { createTestDatabase } from '../test-database.js';
import { createDemoDatabase } from './demo-database.js';
import type { Document, Example } from './markdown.js';
import { examplesOf, readDocument } from './markdown.js';
import type { DocsRunner, RunnerOptions } from './docs-runner.js';
import { createDocsRunner } from './docs-runner.js';
import { documents, isExecuted, README, sessionExampleOf } from './document-list.js';

/** The Wednesday on which the examples in the documents start */
const NOW = '2025-10-29T09:00:00-04:00';

/** The tests send all requests of a document at once, so the rate limits must not apply. */
const NO_LIMITS = {
  RATE_LIMIT_PER_MINUTE: '10000',
  RATE_LIMIT_PER_HOUR: '100000',
  RATE_LIMIT_ADDRESS_PER_MINUTE: '10000',
  RATE_LIMIT_LOGIN_PER_MINUTE: '10000',
};

/** Declares one test for each executed block of each document, in order. */
export function describeDocuments(withCurl: boolean): void {
  let demo: TestDatabase;

  beforeAll(async () => {
    demo = await createDemoDatabase(NOW);
  });

  afterAll(() => demo.drop());

  const examples = (document: Document): Example[] => examplesOf(document).filter(isExecuted);

  describe(README, () => {
    const dataDir = mkdtempSync(path.join(os.tmpdir(), 'driver-loans-readme-'));

    afterAll(() => rmSync(dataDir, { recursive: true }));

    describeExamples(examples(readDocument(README)), () =>
      Promise.resolve({
        env: { ...NO_LIMITS, DATA_DIR: dataDir, LOG_DIR: dataDir },
        clockNow: NOW,
        withCurl,
      }),
    );
  });

  const others = documents().filter(({ file }) => file !== README);
  for (const document of others.filter((candidate) => examples(candidate).length > 0)) {
    describe(document.file, () => {
      let database: TestDatabase | undefined;

      afterAll(() => database?.drop());

      const session = sessionExampleOf(readDocument(README));
      describeExamples([session, ...examples(document)], async () => {
        database = await createTestDatabase(demo.name);
        return { databaseUrl: database.url, env: NO_LIMITS, clockNow: NOW, withCurl };
      });
    });
  }
}

/** Each block depends on the blocks before it: after one failure, later blocks may fail too. */
function describeExamples(examples: readonly Example[], options: () => Promise<RunnerOptions>): void {
  let runner: DocsRunner | undefined;

  beforeAll(async () => {
    runner = createDocsRunner(await options());
  });

  afterAll(() => runner?.close());

  it.each(examples.map((example) => [example.block.line, example] as const))(
    'executes the block in line %i with the result that the document shows',
    async (_, example) => {
      expect(await runner?.run(example)).toEqual([]);
    },
  );
}
