import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { TestDatabase } from '../test-database.js';
import { createTestDatabase } from '../test-database.js';
import { createDemoDatabase } from './demo-database.js';
import type { Document, Example } from './markdown.js';
import { examplesOf, readDocument } from './markdown.js';
import type { Reading, Surroundings } from './reading.js';
import { openReading } from './reading.js';
import { documents, isRun, README, sessionOf } from './the-documents.js';

/** The Wednesday on which the documents begin (README.md, "A tour of ten minutes") */
const NOW = '2025-10-29T09:00:00-04:00';

/** A document is read in a minute, not in the hour that the limits have in mind. */
const NO_LIMITS = {
  RATE_LIMIT_PER_MINUTE: '10000',
  RATE_LIMIT_PER_HOUR: '100000',
  RATE_LIMIT_ADDRESS_PER_MINUTE: '10000',
  RATE_LIMIT_LOGIN_PER_MINUTE: '10000',
};

/** Describes a test for each block of each document that is to be run, in their order. */
export function describeDocuments(withCurl: boolean): void {
  let demo: TestDatabase;

  beforeAll(async () => {
    demo = await createDemoDatabase(NOW);
  });

  afterAll(() => demo.drop());

  const examples = (document: Document): Example[] => examplesOf(document).filter(isRun);

  describe(README, () => {
    const dataDir = mkdtempSync(path.join(os.tmpdir(), 'driver-loans-readme-'));

    afterAll(() => rmSync(dataDir, { recursive: true }));

    describeReading(examples(readDocument(README)), () =>
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

      const session = sessionOf(readDocument(README));
      describeReading([session, ...examples(document)], async () => {
        database = await createTestDatabase(demo.name);
        return { databaseUrl: database.url, env: NO_LIMITS, clockNow: NOW, withCurl };
      });
    });
  }
}

/** Each block needs those before it: where one fails, those after it may too. */
function describeReading(examples: readonly Example[], surroundings: () => Promise<Surroundings>): void {
  let reading: Reading | undefined;

  beforeAll(async () => {
    reading = openReading(await surroundings());
  });

  afterAll(() => reading?.close());

  it.each(examples.map((example) => [example.block.line, example] as const))(
    'does what line %i shows',
    async (_, example) => {
      expect(await reading?.follow(example)).toEqual([]);
    },
  );
}
