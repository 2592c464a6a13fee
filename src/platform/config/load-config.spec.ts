import { AppConfig } from './app-config.js';
import { ConfigError, loadConfig } from './load-config.js';

const PLACEHOLDER = 'x'.repeat(32);
const DATABASE = 'postgres://user:password@host:5432/database';
const RANDOM = 'n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=';
const PRODUCTION = { NODE_ENV: 'production', DATABASE_URL: DATABASE, AUTH_JWT_SECRET: RANDOM };

/** The messages for invalid settings. Empty if the settings are valid. */
function refusals(env: Record<string, string | undefined>): readonly string[] {
  try {
    loadConfig(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.sentences;
    throw error;
  }
}

const NODE_ENV = 'NODE_ENV must be development, production or test.';
const PORT = 'PORT must be a whole number from 0 to 65535.';
const DATABASE_URL = 'DATABASE_URL must look like postgres://user:password@host:5432/database.';
const POOL_SIZE = 'DATABASE_POOL_SIZE must be a whole number from 2 to 200.';
const wholeNumber = (name: string, least: number, most: number): string =>
  `${name} must be a whole number from ${least} to ${most}.`;
const TRUST_PROXY = 'TRUST_PROXY must be addresses or networks such as 10.0.0.0/8, separated by commas.';
const CORS_ORIGINS = 'CORS_ORIGINS must be origins such as https://loans.example.com, separated by commas.';
const CLOCK_NOW = 'CLOCK_NOW must be an instant with its offset, such as 2025-10-29T09:00:00-04:00.';
const TIMEZONE = 'APP_TIMEZONE must be a time zone such as America/New_York.';
const LOG_LEVEL = 'LOG_LEVEL must be fatal, error, warn, info, debug, trace or silent.';
const MAX_AMOUNT = 'LOAN_MAX_AMOUNT must be an amount from 0.01 to 1000000.00.';
const MAX_EXPOSURE = 'DRIVER_MAX_EXPOSURE must be an amount from 0.01 to 9999999999.99.';
const LEDGER_MAX = 'LEDGER_MAX_AMOUNT must be an amount from 0.01 to 9999999.99.';
const APPROVAL_ABOVE = 'LOAN_APPROVAL_ABOVE must be an amount from 0.01 to 1000000.00.';
const DEFAULT_RATE = 'LOAN_DEFAULT_INTEREST_RATE must be a percentage from 0 to 100.';
const MAX_RATE = 'LOAN_MAX_INTEREST_RATE must be a percentage from 0 to 100.';
const POSTING_DAY = 'LOAN_POSTING_DAY must be 0 (Sunday) to 6 (Saturday).';
const POSTING_HOUR = 'LOAN_POSTING_HOUR must be a whole hour from 0 to 23.';
const APPROVAL = 'LOAN_APPROVAL_REQUIRED must be true or false.';
const JWT_SECRET = 'AUTH_JWT_SECRET must have at least 32 characters.';
const IMPORT_BYTES = 'IMPORT_MAX_BYTES must be a whole number from 1048576 to 1073741824.';
const TOKEN_SECONDS = 'AUTH_ACCESS_TOKEN_SECONDS must be a whole number from 60 to 86400.';
const USER_CLAIM = 'AUTH_USER_CLAIM must be the name of a claim, such as email.';
const JWKS_URL = 'AUTH_JWKS_URL must look like https://id.example.com/.well-known/jwks.json.';
const TOGETHER = 'AUTH_JWKS_URL, AUTH_ISSUER, AUTH_AUDIENCE must be set together or not at all.';

const FLEET_NAME = 'FLEET_NAME must be a name of 1 to 80 characters.';
const METRICS_TOKEN = 'METRICS_TOKEN must have at least 16 characters, without spaces.';
const HOST = 'HOST must be an address to listen on, such as 127.0.0.1 or 0.0.0.0.';
const WRONG: [name: string, value: string, sentence: string][] = [
  ['NODE_ENV', 'prod', NODE_ENV],
  ['NODE_ENV', 'Production', NODE_ENV],
  ['HOST', 'not an address', HOST],
  ['PORT', '-1', PORT],
  ['PORT', '65536', PORT],
  ['PORT', '3000.5', PORT],
  ['PORT', 'http', PORT],
  ['DATABASE_POOL_SIZE', '1', POOL_SIZE],
  ['DATABASE_POOL_SIZE', '201', POOL_SIZE],
  ['DATABASE_POOL_SIZE', 'many', POOL_SIZE],
  ['CLOCK_NOW', '2025-10-29', CLOCK_NOW],
  ['CLOCK_NOW', '2025-10-29T09:00:00', CLOCK_NOW],
  ['CLOCK_NOW', '2025-02-30T09:00:00Z', CLOCK_NOW],
  ['CLOCK_NOW', '2025-10-29T25:00:00Z', CLOCK_NOW],
  ['CLOCK_NOW', '2025-10-29T09:00:00-25:00', CLOCK_NOW],
  ['CLOCK_NOW', 'now', CLOCK_NOW],
  // instants in ISO 8601 that Date cannot parse
  ['CLOCK_NOW', '2025-W44-3T09:00:00Z', CLOCK_NOW],
  ['CLOCK_NOW', '2025-302T09:00:00Z', CLOCK_NOW],
  ['CLOCK_NOW', '20251029T090000Z', CLOCK_NOW],
  ['CLOCK_NOW', '2025-10-29T09-04:00', CLOCK_NOW],
  ['CLOCK_NOW', '2025-10-29T09:00:00,5Z', CLOCK_NOW],
  ['APP_TIMEZONE', 'Mars/Base', TIMEZONE],
  ['APP_TIMEZONE', '-5', TIMEZONE],
  ['LOG_LEVEL', 'loud', LOG_LEVEL],
  ['LOAN_MAX_AMOUNT', '-1', MAX_AMOUNT],
  ['LOAN_MAX_AMOUNT', '50000.005', MAX_AMOUNT],
  ['LOAN_MAX_AMOUNT', '5e4', MAX_AMOUNT],
  ['LOAN_MAX_AMOUNT', '50,000.00', MAX_AMOUNT],
  ['LOAN_MAX_AMOUNT', '0', MAX_AMOUNT],
  ['LOAN_MAX_AMOUNT', '1000000.01', MAX_AMOUNT],
  ['DRIVER_MAX_EXPOSURE', '0.00', MAX_EXPOSURE],
  ['DRIVER_MAX_EXPOSURE', '10000000000', MAX_EXPOSURE],
  ['LEDGER_MAX_AMOUNT', '10000000.00', LEDGER_MAX],
  ['LEDGER_MAX_AMOUNT', '1e5', LEDGER_MAX],
  ['LOAN_APPROVAL_ABOVE', '1000000.01', APPROVAL_ABOVE],
  ['LOAN_APPROVAL_ABOVE', 'never', APPROVAL_ABOVE],
  ['LOAN_DEFAULT_INTEREST_RATE', '-1', DEFAULT_RATE],
  ['LOAN_DEFAULT_INTEREST_RATE', '10.005', DEFAULT_RATE],
  ['LOAN_DEFAULT_INTEREST_RATE', '10%', DEFAULT_RATE],
  ['LOAN_MAX_INTEREST_RATE', '100.01', MAX_RATE],
  ['LOAN_MAX_INTEREST_RATE', '101', MAX_RATE],
  ['LOAN_MAX_INTEREST_RATE', 'ten', MAX_RATE],
  ['LOAN_POSTING_DAY', '7', POSTING_DAY],
  ['LOAN_POSTING_DAY', '-1', POSTING_DAY],
  ['LOAN_POSTING_DAY', 'Sunday', POSTING_DAY],
  ['LOAN_POSTING_HOUR', '24', POSTING_HOUR],
  ['LOAN_POSTING_HOUR', '-1', POSTING_HOUR],
  ['LOAN_POSTING_HOUR', '5.5', POSTING_HOUR],
  ['LOAN_POSTING_HOUR', '05:00', POSTING_HOUR],
  ['API_DOCS', 'yes', 'API_DOCS must be true or false.'],
  ['DEMO_FLEET', 'no', 'DEMO_FLEET must be true or false.'],
  ['LOAN_APPROVAL_REQUIRED', 'TRUE', APPROVAL],
  ['LOAN_APPROVAL_REQUIRED', 'yes', APPROVAL],
  ['LOAN_APPROVAL_REQUIRED', '0', APPROVAL],
  ['AUTH_JWT_SECRET', 'x'.repeat(31), JWT_SECRET],
  ['IMPORT_MAX_BYTES', '1048575', IMPORT_BYTES],
  ['IMPORT_MAX_BYTES', '1073741825', IMPORT_BYTES],
  ['IMPORT_MAX_BYTES', '50 MB', IMPORT_BYTES],
  ['AUTH_ACCESS_TOKEN_SECONDS', '59', TOKEN_SECONDS],
  ['AUTH_ACCESS_TOKEN_SECONDS', '86401', TOKEN_SECONDS],
  ['AUTH_ACCESS_TOKEN_SECONDS', '15m', TOKEN_SECONDS],
  ['AUTH_USER_CLAIM', 'e mail', USER_CLAIM],
  ['FLEET_NAME', 'x'.repeat(81), FLEET_NAME],
  ['FLEET_NAME', 'Big\nApple', FLEET_NAME],
  ['METRICS_TOKEN', 'x'.repeat(15), METRICS_TOKEN],
  ['METRICS_TOKEN', 'twenty characters of', METRICS_TOKEN],
  ...['*', 'everybody', '10.0.0.0/33', '10.0.0.0/0', '10.0.0', '10.0.0.0/8/8', '10.0.0.1,,10.0.0.2', '2'].map(
    (value): [string, string, string] => ['TRUST_PROXY', value, TRUST_PROXY],
  ),
  ...[
    '*',
    'null',
    'loans.example.com',
    'https://a.example/',
    'https://*.a.example',
    'https://a.example,',
  ].map((value): [string, string, string] => ['CORS_ORIGINS', value, CORS_ORIGINS]),
];

/** Sign-in settings that allow each of them to reach its limit. */
const ROOMY = {
  AUTH_ACCESS_TOKEN_SECONDS: '60',
  AUTH_SESSION_IDLE_SECONDS: '300',
  AUTH_SESSION_MAX_SECONDS: '31536000',
};

/** Integer settings with their limits. */
const WHOLE_NUMBERS: [name: keyof AppConfig, least: number, most: number][] = [
  ['DATABASE_POOL_OVERFLOW', 0, 200],
  ['DRIVER_MAX_LOANS', 1, 1_000],
  ['LEDGER_WEEKS_BACK', 0, 520],
  ['DATABASE_STATEMENT_TIMEOUT_SECONDS', 1, 600],
  ['AUTH_SESSION_IDLE_SECONDS', 300, 2_592_000],
  ['AUTH_SESSION_MAX_SECONDS', 300, 31_536_000],
  ['BODY_LIMIT_BYTES', 1_024, 104_857_600],
  ['REQUEST_TIMEOUT_SECONDS', 1, 3_600],
  ['SHUTDOWN_DELAY_SECONDS', 0, 60],
  ['HEAVY_WORK_PER_PROCESS', 1, 100],
  ['HEAVY_WORK_PER_USER', 1, 100],
  ['DOWNLOAD_IDLE_SECONDS', 1, 900],
  ['RATE_LIMIT_PER_MINUTE', 1, 1_000_000],
  ['RATE_LIMIT_PER_HOUR', 1, 1_000_000],
  ['RATE_LIMIT_ADDRESS_PER_MINUTE', 1, 1_000_000],
  ['RATE_LIMIT_LOGIN_PER_MINUTE', 1, 1_000_000],
];

describe('an integer setting', () => {
  it.each(WHOLE_NUMBERS)('%s can be from %d to %d', (name, least, most) => {
    for (const value of [least, most]) {
      expect(loadConfig({ ...ROOMY, [name]: String(value) })[name]).toBe(value);
    }
    for (const value of [least - 1, most + 1, least + 0.5, 'many']) {
      expect(refusals({ [name]: String(value) })).toEqual([wholeNumber(name, least, most)]);
    }
  });
});

describe('a list setting', () => {
  it('is split at its commas', () => {
    const config = loadConfig({
      TRUST_PROXY: '10.0.0.5, 172.16.0.0/12,loopback,::1,fd00::/8',
      CORS_ORIGINS: 'https://loans.example.com, http://localhost:5173',
    });
    expect(config.TRUST_PROXY).toEqual(['10.0.0.5', '172.16.0.0/12', 'loopback', '::1', 'fd00::/8']);
    expect(config.CORS_ORIGINS).toEqual(['https://loans.example.com', 'http://localhost:5173']);
  });
});

const WRONG_DATABASES = [
  'mysql://user:password@host:3306/database',
  'host:5432/database',
  'database',
  'postgres://',
  'postgres://user:password@host:99999/database',
  'postgres://user name@host/database',
];

describe('an invalid setting', () => {
  it.each(WRONG)('%s=%s is rejected with one message', (name, value, sentence) => {
    expect(refusals({ [name]: value })).toEqual([sentence]);
  });

  it.each(WRONG_DATABASES)('DATABASE_URL=%s is rejected with one message', (url) => {
    expect(refusals({ DATABASE_URL: url, AUTH_JWT_SECRET: RANDOM })).toEqual([DATABASE_URL]);
    const migrations = { DATABASE_MIGRATION_URL: url, DATABASE_URL: DATABASE, AUTH_JWT_SECRET: RANDOM };
    expect(refusals(migrations)).toEqual([DATABASE_URL.replace('DATABASE_URL', 'DATABASE_MIGRATION_URL')]);
  });

  it('is tested above for every setting except free texts', () => {
    const anyText = ['DATA_DIR', 'LOG_DIR', 'AUTH_ISSUER', 'AUTH_AUDIENCE'];
    const urls = ['DATABASE_URL', 'DATABASE_MIGRATION_URL', 'AUTH_JWKS_URL'];
    const tried = new Set([...[...WRONG, ...WHOLE_NUMBERS].map(([name]) => name), ...urls, ...anyText]);
    expect(Object.keys(new AppConfig()).filter((name) => !tried.has(name))).toEqual([]);
  });

  it('is reported together with all others, one per line', () => {
    const env = { PORT: 'http', LOAN_POSTING_DAY: '7', LOAN_APPROVAL_REQUIRED: 'no' };
    expect([...refusals(env)].sort()).toEqual([APPROVAL, POSTING_DAY, PORT]);
    expect(() => loadConfig(env)).toThrow(ConfigError);
    expect(() => loadConfig(env)).toThrow(`${PORT}\n`);
  });
});

describe('an omitted setting', () => {
  it('has its default', () => {
    expect(loadConfig({})).toMatchObject({
      NODE_ENV: 'development',
      PORT: 3000,
      HOST: '127.0.0.1',
      DATABASE_POOL_SIZE: 20,
      DATA_DIR: './.data',
      APP_TIMEZONE: 'America/New_York',
      LOG_LEVEL: 'info',
      LOG_DIR: './logs',
      LOAN_MAX_AMOUNT: '50000.00',
      LOAN_DEFAULT_INTEREST_RATE: '0.00',
      LOAN_MAX_INTEREST_RATE: '20.00',
      LOAN_POSTING_DAY: 0,
      LOAN_POSTING_HOUR: 5,
      LOAN_APPROVAL_REQUIRED: false,
      AUTH_ACCESS_TOKEN_SECONDS: 900,
      AUTH_SESSION_IDLE_SECONDS: 28_800,
      AUTH_SESSION_MAX_SECONDS: 604_800,
      AUTH_USER_CLAIM: 'email',
      IMPORT_MAX_BYTES: 52_428_800,
    });
  });

  it.each([
    'DATABASE_URL',
    'DATABASE_MIGRATION_URL',
    'CLOCK_NOW',
    'AUTH_JWT_SECRET',
    'AUTH_JWKS_URL',
    'AUTH_ISSUER',
    'AUTH_AUDIENCE',
    'METRICS_TOKEN',
    'TRUST_PROXY',
    'CORS_ORIGINS',
  ] as const)('is undefined for %s, which has no default', (name) => {
    expect(loadConfig({})[name]).toBeUndefined();
  });

  it.each(['', ' ', '\t\n'])('can be empty: %j', (nothing) => {
    const names = Object.keys(new AppConfig());
    expect(names).toContain('LOAN_POSTING_HOUR');
    expect(loadConfig(Object.fromEntries(names.map((name) => [name, nothing])))).toEqual(loadConfig({}));
  });
});

describe('a given setting', () => {
  it.each<[keyof AppConfig, string, unknown]>([
    ['NODE_ENV', 'test', 'test'],
    ['PORT', '0', 0],
    ['PORT', '65535', 65_535],
    ['HOST', '0.0.0.0', '0.0.0.0'],
    ['DATABASE_POOL_SIZE', '2', 2],
    ['DATABASE_POOL_SIZE', '200', 200],
    ['CLOCK_NOW', '2025-10-29T09:00:00-04:00', '2025-10-29T09:00:00-04:00'],
    ['CLOCK_NOW', '2025-10-29T09:00Z', '2025-10-29T09:00Z'],
    ['CLOCK_NOW', '2025-10-29T09:00:00.250-0400', '2025-10-29T09:00:00.250-0400'],
    ['APP_TIMEZONE', 'UTC', 'UTC'],
    ['LOG_LEVEL', 'silent', 'silent'],
    ['LOAN_MAX_AMOUNT', '1000', '1000'],
    ['LOAN_DEFAULT_INTEREST_RATE', '20.00', '20.00'],
    ['LOAN_MAX_INTEREST_RATE', '100.00', '100.00'],
    ['LOAN_POSTING_DAY', '6', 6],
    ['LOAN_POSTING_HOUR', '0', 0],
    ['LOAN_POSTING_HOUR', '23', 23],
    ['API_DOCS', 'true', true],
    ['DEMO_FLEET', 'false', false],
    ['API_DOCS', 'false', false],
    ['LOAN_APPROVAL_REQUIRED', 'true', true],
    ['LOAN_APPROVAL_REQUIRED', 'false', false],
    ['AUTH_JWT_SECRET', RANDOM, RANDOM],
    ['IMPORT_MAX_BYTES', '1048576', 1_048_576],
    ['IMPORT_MAX_BYTES', '1073741824', 1_073_741_824],
    ['AUTH_ACCESS_TOKEN_SECONDS', '60', 60],
    ['AUTH_ACCESS_TOKEN_SECONDS', '28800', 28_800],
    ['AUTH_SESSION_IDLE_SECONDS', '604800', 604_800],
    ['AUTH_SESSION_MAX_SECONDS', '31536000', 31_536_000],
    ['AUTH_USER_CLAIM', 'https://id.example.com/email', 'https://id.example.com/email'],
  ])('%s=%s has the value %p', (name, value, setting) => {
    expect(loadConfig({ [name]: value })[name]).toBe(setting);
  });

  it.each(
    WRONG.filter(([name]) => name === 'CLOCK_NOW')
      .map(([, value]) => value)
      .concat(['2025-10-29T09:00:00-04:00', '2025-10-29T09:00Z', '2025-10-29T09:00:00.250-0400']),
  )('CLOCK_NOW=%s is a valid instant if it is accepted', (value) => {
    const isTaken = refusals({ CLOCK_NOW: value }).length === 0;
    expect(isTaken && Number.isNaN(new Date(value).getTime())).toBe(false);
  });

  it.each([
    DATABASE,
    'postgresql://db/driver_loans',
    'postgres://user:p%40ss@10.0.0.1:5432/database?sslmode=require',
    'postgres://user:password@[::1]:5432/database',
    // the name of a container
    'postgres://user:password@loans_db:5432/database',
  ])('DATABASE_URL=%s is accepted', (url) => {
    expect(loadConfig({ DATABASE_URL: url, AUTH_JWT_SECRET: RANDOM }).DATABASE_URL).toBe(url);
  });

  it('is ignored if it does not belong to the service', () => {
    expect(loadConfig({ PATH: '/usr/bin', LOAN_POSTING_MINUTE: 'x', constructor: 'x' })).toEqual(
      loadConfig({}),
    );
  });
});

describe('the combination of settings', () => {
  it('is valid for production with all required settings', () => {
    expect(refusals(PRODUCTION)).toEqual([]);
  });

  it.each([
    ['a clock of its own', { CLOCK_NOW: '2025-10-29T09:00:00-04:00' }, 'CLOCK_NOW is for demos and tests'],
    ['no database', { DATABASE_URL: '' }, 'DATABASE_URL must be set if NODE_ENV is production.'],
    ['no secret', { AUTH_JWT_SECRET: '' }, 'AUTH_JWT_SECRET must be set together with DATABASE_URL'],
    ['a short secret', { AUTH_JWT_SECRET: RANDOM.slice(0, 31) }, 'AUTH_JWT_SECRET must have at least 32'],
    ['a secret that is a placeholder', { AUTH_JWT_SECRET: PLACEHOLDER }, 'AUTH_JWT_SECRET can be guessed'],
  ])('is invalid in production with %s', (_, override, sentence) => {
    expect(refusals({ ...PRODUCTION, ...override })).toEqual([expect.stringMatching(`^${sentence}`)]);
  });

  it('is valid outside of production with CLOCK_NOW or without a database', () => {
    expect(refusals({ CLOCK_NOW: '2025-10-29T09:00:00-04:00' })).toEqual([]);
    expect(refusals({ NODE_ENV: 'test' })).toEqual([]);
  });

  it('is invalid with DATABASE_MIGRATION_URL and without DATABASE_URL', () => {
    expect(refusals({ DATABASE_MIGRATION_URL: DATABASE })).toEqual([
      'DATABASE_MIGRATION_URL has no effect without DATABASE_URL.',
    ]);
  });

  it('is invalid with DATABASE_URL and without AUTH_JWT_SECRET', () => {
    expect(refusals({ DATABASE_URL: DATABASE })).toEqual([
      'AUTH_JWT_SECRET must be set together with DATABASE_URL, at least 32 random characters.',
    ]);
  });

  it('is invalid with DATABASE_URL and a published secret, also outside of production', () => {
    const example = 'at-least-32-random-characters-here';
    expect(refusals({ DATABASE_URL: DATABASE, AUTH_JWT_SECRET: example })).toEqual([
      'AUTH_JWT_SECRET can be guessed: use the output of `openssl rand -base64 48`.',
    ]);
    expect(refusals({ AUTH_JWT_SECRET: example })).toEqual([]);
  });

  it.each([
    ['20.01', '20.00'],
    ['5.01', '5.00'],
    ['10', '9'],
  ])('is invalid with a default rate of %s and a maximum rate of %s', (rate, highest) => {
    expect(refusals({ LOAN_DEFAULT_INTEREST_RATE: rate, LOAN_MAX_INTEREST_RATE: highest })).toEqual([
      'LOAN_DEFAULT_INTEREST_RATE must not be above LOAN_MAX_INTEREST_RATE.',
    ]);
  });

  it.each([
    ['5', '5.00'],
    ['9', '10'],
  ])('is valid with a default rate of %s and a maximum rate of %s', (rate, highest) => {
    expect(refusals({ LOAN_DEFAULT_INTEREST_RATE: rate, LOAN_MAX_INTEREST_RATE: highest })).toEqual([]);
  });
});

describe('the sign-in settings', () => {
  const PROVIDER = {
    AUTH_JWKS_URL: 'https://id.example.com/jwks',
    AUTH_ISSUER: 'https://id.example.com/',
    AUTH_AUDIENCE: 'driver-loans',
  };

  it('require no secret of our own with an identity provider', () => {
    expect(refusals({ ...PRODUCTION, AUTH_JWT_SECRET: '', ...PROVIDER })).toEqual([]);
  });

  it.each(Object.keys(PROVIDER))('are rejected if only %s of the identity provider is missing', (name) => {
    expect(refusals({ ...PROVIDER, [name]: '' })).toEqual([TOGETHER]);
  });

  it.each(['ftp://id.example.com/jwks', 'id.example.com/jwks', 'jwks'])(
    'are rejected if AUTH_JWKS_URL is %s',
    (url) => {
      expect(refusals({ ...PROVIDER, AUTH_JWKS_URL: url })).toEqual([JWKS_URL]);
    },
  );

  it('are rejected in production if AUTH_JWKS_URL uses http to another machine', () => {
    const over = (url: string) => refusals({ ...PRODUCTION, ...PROVIDER, AUTH_JWKS_URL: url });
    const clear = ['AUTH_JWKS_URL must begin with https:// if NODE_ENV is production.'];
    expect(over('http://id.example.com/jwks')).toEqual(clear);
    expect(over('http://127.0.0.1.example.com/jwks')).toEqual(clear);
    expect(over('http://localhost:8080/jwks')).toEqual([]);
    expect(over('http://127.0.0.1:8080/jwks')).toEqual([]);
    expect(refusals({ ...PROVIDER, AUTH_JWKS_URL: 'http://id:8080/jwks' })).toEqual([]);
  });

  it('are rejected if the access token outlives the session', () => {
    expect(refusals({ AUTH_ACCESS_TOKEN_SECONDS: '28801' })).toEqual([
      'AUTH_ACCESS_TOKEN_SECONDS must not be above AUTH_SESSION_IDLE_SECONDS.',
    ]);
    expect(refusals({ AUTH_SESSION_MAX_SECONDS: '28799' })).toEqual([
      'AUTH_SESSION_IDLE_SECONDS must not be above AUTH_SESSION_MAX_SECONDS.',
    ]);
  });
});
