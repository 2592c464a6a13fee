/** Import directions. Each rule names its reason, so a failing build explains itself. */

/** The modules whose public API (index.ts) each module may import. What is not listed is forbidden. */
const MAY_USE = {
  audit: [],
  users: [],
  auth: ['users'],
  drivers: [],
  leases: ['drivers'],
  ledger: [],
  loans: ['users', 'drivers', 'leases', 'ledger'],
};

/** The files that compose the application: they may import the public API of every module, and nothing deeper. */
const COMPOSITION_ROOT =
  '^src/(cli/|demo/|(app|core)\\.module\\.ts$|code-lists\\.ts$|main\\.ts$|openapi\\.ts$)';
const SPEC = '\\.spec\\.ts$';
/** A rule of the trade: a file of a concept whose name says no layer, as payoff.ts beside payoff.service.ts. */
const RULE = '^src/modules/[^/]+/.+/[a-z0-9-]+\\.ts$';
const PUBLIC_API = '^src/modules/[^/]+/index\\.ts$';
/** Specs of every tier, such as x.spec.ts, x.int-spec.ts and x.e2e-spec.ts */
const ANY_SPEC = '[.-]spec\\.tsx?$';

const importsBetweenModules = Object.entries(MAY_USE).map(([from, to]) => ({
  name: `${from}-may-use-${to.length > 0 ? to.join('-and-') : 'no-other-module'}`,
  comment: 'Business modules depend on each other in one direction only.',
  severity: 'error',
  from: { path: `^src/modules/${from}/` },
  to: { path: '^src/modules/', pathNot: `^src/modules/(${[from, ...to].join('|')})/` },
}));

/** The concepts of the loans module, from the bottom up: one imports its own level and those below it. */
const LOAN_LEVELS = [
  ['loan'],
  ['schedule'],
  ['installments'],
  ['overview'],
  ['posting-runs'],
  ['monitoring'],
  ['posting'],
  ['repayment'],
  ['exposure'],
  ['origination'],
  ['servicing'],
  ['reports', 'documents', 'exports', 'import', 'integrity', 'driver-account'],
];

const importsBetweenLoanConcepts = LOAN_LEVELS.slice(0, -1).map((concepts, level) => ({
  name: `loans-${concepts.join('-and-')}-import-downwards`,
  comment: 'Concepts of the loans module depend on each other in one direction only.',
  severity: 'error',
  from: { path: `^src/modules/loans/(${concepts.join('|')})/` },
  to: {
    path: `^src/modules/loans/(${LOAN_LEVELS.slice(level + 1)
      .flat()
      .join('|')})/`,
  },
}));

/** The zones of the console, from the bottom up: a zone imports itself and those below it. */
const CONSOLE_ZONES = ['i18n', 'api', 'shared', 'features', 'app'];

const importsBetweenConsoleZones = CONSOLE_ZONES.slice(0, -1).map((zone, level) => ({
  name: `console-${zone}-imports-downwards`,
  comment: 'i18n <- api <- shared <- features <- app',
  severity: 'error',
  from: { path: `^console/src/${zone}/` },
  to: { path: `^console/src/(main|(${CONSOLE_ZONES.slice(level + 1).join('|')})/)` },
}));

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Two files that need each other are one file, or three.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      comment: 'A file that nothing imports and that imports nothing is dead.',
      severity: 'error',
      from: { path: '^(src|console/src)/', orphan: true, pathNot: '\\.d\\.ts$' },
      to: {},
    },
    {
      name: 'imports-exist',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'kernel-is-pure',
      comment: 'Money, calendar and errors know no framework, no database and no environment.',
      severity: 'error',
      from: { path: '^src/kernel/', pathNot: SPEC },
      to: { pathNot: ['^src/kernel/', 'node_modules/(@types/)?(big\\.js|temporal-polyfill)/'] },
    },
    {
      name: 'rules-are-pure',
      comment:
        'A file without a layer in its name is a business rule: it runs without Nest, TypeORM and the other layers.',
      severity: 'error',
      from: { path: RULE, pathNot: SPEC },
      to: { pathNot: ['^src/kernel/', RULE, 'node_modules/@zxcvbn-ts/'] },
    },
    {
      name: 'platform-knows-no-business',
      severity: 'error',
      from: { path: '^src/platform/' },
      to: { path: '^src/', pathNot: '^src/(platform|kernel)/' },
    },
    {
      name: 'modules-do-not-look-up',
      comment: 'kernel <- platform <- modules <- app.module',
      severity: 'error',
      from: { path: '^src/modules/' },
      to: { path: '^src/', pathNot: '^src/(modules|platform|kernel)/' },
    },
    ...importsBetweenModules,
    ...importsBetweenLoanConcepts,
    ...importsBetweenConsoleZones,
    {
      name: 'other-modules-through-public-api',
      comment: 'Import src/modules/<name>/index.ts, nothing deeper.',
      severity: 'error',
      from: { path: '^src/modules/([^/]+)/' },
      to: { path: '^src/modules/', pathNot: ['^src/modules/$1/', PUBLIC_API] },
    },
    {
      name: 'composition-root-uses-public-api',
      comment: 'Import src/modules/<name>/index.ts, nothing deeper.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/modules/' },
      to: { path: '^src/modules/', pathNot: PUBLIC_API },
    },
    {
      name: 'only-composition-root-imports-modules',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/modules/', COMPOSITION_ROOT] },
      to: { path: '^src/modules/' },
    },
    {
      name: 'no-import-of-own-public-api',
      comment: 'Within a module import the file itself: an import of its own index.ts soon becomes a cycle.',
      severity: 'error',
      from: { path: '^src/modules/([^/]+)/' },
      to: { path: '^src/modules/$1/index\\.ts$' },
    },
    {
      name: 'http-types-stay-at-the-edge',
      comment:
        'Services take inputs and answer views that they own; only the edges (HTTP, import files) know DTOs.',
      severity: 'error',
      from: {
        path: '^src/(modules|cli|demo)/',
        pathNot: '(\\.(controller|module|dto|response|layout)|/index)\\.ts$',
      },
      to: { path: '\\.(dto|response)\\.ts$' },
    },
    {
      name: 'controllers-ask-services',
      severity: 'error',
      from: { path: '\\.controller\\.ts$' },
      to: { path: '\\.(repository|entity)\\.ts$' },
    },
    {
      name: 'sql-lives-in-repositories',
      comment: 'TypeORM only in *.repository.ts, *.query.ts, *.entity.ts and *.module.ts.',
      severity: 'error',
      from: {
        path: '^src/(modules|cli|demo)/',
        pathNot: '\\.(repository|query|entity|module)\\.ts$',
      },
      to: { path: 'node_modules/(typeorm|@nestjs/typeorm|pg)/' },
    },
    {
      name: 'changes-are-recorded-together',
      comment:
        'Changes.record writes the audit entry and the outbox event. One without the other is a fault.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/platform/(changes/|platform\\.module\\.ts$)' },
      to: { path: '^src/platform/(audit/audit-log|outbox/outbox)\\.ts$' },
    },
    {
      name: 'src-needs-no-tests',
      comment: 'The shipped code needs neither tests nor tools. A spec may use test/support.',
      severity: 'error',
      from: { path: '^src/', pathNot: SPEC },
      to: { path: '^(test|bench|scripts|migrations)/' },
    },
    {
      name: 'console-features-are-independent',
      comment:
        'A feature links to the pages of another feature and imports nothing of it; what both need is in shared.',
      severity: 'error',
      from: { path: '^console/src/features/([^/]+)/' },
      to: { path: '^console/src/features/', pathNot: '^console/src/features/$1/' },
    },
    {
      name: 'console-uses-only-the-api',
      comment: 'The console knows the service by openapi.json.',
      severity: 'error',
      from: { path: '^console/src/' },
      to: { path: '^(src|test|bench|scripts|migrations)/' },
    },
    {
      name: 'test-support-imports-no-spec',
      comment: 'Helpers are used by specs, never the other way round.',
      severity: 'error',
      from: { path: '^test/.*support/' },
      to: { path: ANY_SPEC },
    },
    {
      name: 'specs-import-no-spec',
      comment: 'What two specs share belongs to test/support.',
      severity: 'error',
      from: { path: ANY_SPEC },
      to: { path: ANY_SPEC },
    },
    {
      name: 'test-tiers-share-only-support',
      comment: 'Helpers of several tiers belong to test/support.',
      severity: 'error',
      from: { path: '^test/([^/]+)/', pathNot: '^test/support/' },
      to: { path: '^test/', pathNot: '^test/(support|fixtures|$1)/' },
    },
    {
      name: 'test-support-knows-no-tier',
      comment: 'test/support <- integration, e2e, console, tools',
      severity: 'error',
      from: { path: '^test/support/' },
      to: { path: '^test/', pathNot: '^test/(support|fixtures)/' },
    },
    {
      name: 'test-model-is-independent',
      comment: 'The model predicts what the service does, so it must not share its code.',
      severity: 'error',
      from: { path: '^test/support/model/' },
      to: { path: ['^src/', 'node_modules/'] },
    },
    {
      name: 'src-needs-no-dev-dependency',
      comment: 'npm ci --omit=dev must be enough to run it. Types are gone by then.',
      severity: 'error',
      from: { path: '^src/', pathNot: SPEC },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'node', 'default'],
    },
  },
};
