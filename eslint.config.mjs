import eslint from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** What no file may contain. Each list below is these and more: a later `no-restricted-syntax` replaces an earlier one. */
const EVERYWHERE = [
  {
    selector: 'ExportDefaultDeclaration, ExportSpecifier[exported.name="default"]',
    message: 'Name what you export: a default export has another name in every file that imports it.',
  },
];

const WALL_CLOCK = [
  {
    selector: 'NewExpression[callee.name="Date"][arguments.length=0], CallExpression[callee.name="Date"]',
    message: 'Ask the injected Clock: a past week must be replayable.',
  },
  {
    selector:
      'MemberExpression[object.name="Date"][property.name="now"], MemberExpression[object.name="Temporal"][property.name="Now"]',
    message: 'Ask the injected Clock: a past week must be replayable.',
  },
];

const ENVIRONMENT = [
  {
    selector: 'MemberExpression[object.name="process"][property.name="env"]',
    message: 'Inject AppConfig: only platform/config and the entry points read the environment.',
  },
  {
    selector: 'ImportDeclaration[source.value=/^(node:)?process$/]',
    message: 'Use the global process, on which the rule about its env can see.',
  },
];

const FLOATS = [
  {
    selector:
      'CallExpression[callee.name=/^(Number|parseFloat)$/], NewExpression[callee.name="Number"], UnaryExpression[operator="+"], MemberExpression[object.name="Number"][property.name="parseFloat"]',
    message: 'Money is never a JS number: use Money or Percentage of kernel/money.',
  },
  {
    selector: 'MemberExpression[property.name=/^(toFixed|toPrecision)$/]',
    message: 'Only kernel/money rounds.',
  },
];

const FOCUSED_TESTS = [
  {
    selector:
      'MemberExpression[object.name=/^(describe|it|test)$/][property.name=/^(only|skip|todo|failing)$/]',
    message: 'Every test runs, always.',
  },
  {
    selector: 'CallExpression[callee.name=/^(fdescribe|fit|xdescribe|xit|xtest)$/]',
    message: 'Every test runs, always.',
  },
];

const restrict = (...lists) => ({ 'no-restricted-syntax': ['error', ...lists.flat()] });

const SPECS = ['**/*.spec.ts', '**/*.int-spec.ts', '**/*.e2e-spec.ts', '**/*.console-spec.ts'];
const TESTS = ['test/**', ...SPECS];

export default defineConfig(
  {
    ignores: [
      'dist/',
      'coverage/',
      'console/dist/',
      'console/src/api/schema.d.ts',
      'src/platform/integrity/schema-definitions.ts',
    ],
  },
  // an exception to a rule stands here, with its reason, and not as a comment in the code
  { linterOptions: { noInlineConfig: true } },
  eslint.configs.recommended,
  {
    rules: {
      ...restrict(EVERYWHERE),
      complexity: ['error', 10],
      eqeqeq: 'error',
      'max-lines': ['error', 300],
      'max-lines-per-function': ['error', 70],
      'no-console': 'error',
    },
  },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/prefer-readonly': 'error',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        // these print themselves as they are to be read: two decimals
        { allowNumber: true, allow: [{ name: ['Money', 'Percentage'], from: 'file' }] },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: true },
      ],
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: TESTS,
    rules: {
      ...restrict(EVERYWHERE, WALL_CLOCK, ENVIRONMENT),
      '@typescript-eslint/no-non-null-assertion': 'error',
    },
  },
  {
    files: ['src/modules/**/*.ts', 'src/kernel/**/*.ts'],
    ignores: ['src/kernel/money/**', ...TESTS],
    rules: restrict(EVERYWHERE, WALL_CLOCK, ENVIRONMENT, FLOATS),
  },
  {
    // interfaces that take their members from the tables of the modules, by declaration merging
    files: [
      'src/kernel/access/actor.ts',
      'src/kernel/errors/domain-error.ts',
      'src/platform/audit/audit-labels.ts',
      'src/**/{errors,permissions,audit-actions}.ts',
    ],
    rules: { '@typescript-eslint/no-empty-object-type': ['error', { allowInterfaces: 'always' }] },
  },
  {
    files: ['src/platform/clock/**/*.ts'],
    ignores: TESTS,
    rules: restrict(EVERYWHERE, ENVIRONMENT),
  },
  {
    // they make the surroundings that everybody else gets injected
    files: ['src/platform/config/**/*.ts', 'src/main.ts', 'src/bootstrap.ts', 'src/cli/main.ts'],
    ignores: TESTS,
    rules: restrict(EVERYWHERE, WALL_CLOCK),
  },
  {
    // waits for another process on the wall's time, and hands the environment on to that process
    files: ['src/platform/database/embedded-postgres.ts', 'src/platform/database/embedded/**/*.ts'],
    ignores: TESTS,
    rules: restrict(EVERYWHERE),
  },
  {
    files: TESTS,
    rules: restrict(EVERYWHERE, FOCUSED_TESTS),
  },
  {
    files: ['test/**/*.ts', ...SPECS],
    rules: {
      // Jest's matchers, such as expect.objectContaining(), are of the type any
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  {
    files: SPECS,
    rules: {
      // a describe() is a chapter, not a function
      'max-lines-per-function': 'off',
      // expect(spy.method) takes the method without calling it
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    files: ['console/src/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    rules: {
      'react-hooks/exhaustive-deps': 'error',
      'react-hooks/rules-of-hooks': 'error',
    },
  },
  {
    // Vite's settings are Vite's to ask for
    files: ['console/vite.config.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    files: ['**/*.mjs', '**/*.cjs'],
    languageOptions: {
      globals: Object.fromEntries(
        [
          'AbortSignal',
          'Buffer',
          'URL',
          'clearTimeout',
          'console',
          'fetch',
          'performance',
          'process',
          'setTimeout',
        ].map((name) => [name, 'readonly']),
      ),
    },
    rules: { 'no-console': 'off' },
  },
  {
    files: ['**/*.cjs'],
    languageOptions: {
      sourceType: 'commonjs',
      globals: { __dirname: 'readonly', exports: 'writable', module: 'writable', require: 'readonly' },
    },
  },
  {
    // the tools that read them ask for a default export
    files: ['eslint.config.mjs', 'test/support/global-setup.mjs', 'test/support/global-teardown.mjs'],
    rules: { 'no-restricted-syntax': 'off' },
  },
);
