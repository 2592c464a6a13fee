import { configErrors } from '../../../test/support/config-errors.js';
import { SIGNING_KEY } from '../../../test/support/signing-key.js';
import { AppConfig } from './app-config.js';
import { ConfigError, loadConfig } from './load-config.js';

const DATABASE = 'postgres://user:password@host:5432/database';

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
const TAKE_HOME = 'SETTLEMENT_MIN_TAKE_HOME must be an amount such as 150.00, or a percentage such as 25%.';
const APPROVAL_ABOVE = 'LOAN_APPROVAL_ABOVE must be an amount from 0.01 to 1000000.00.';
const DEFAULT_RATE = 'LOAN_DEFAULT_INTEREST_RATE must be a percentage from 0 to 100.';
const MAX_RATE = 'LOAN_MAX_INTEREST_RATE must be a percentage from 0 to 100.';
const POSTING_DAY = 'LOAN_POSTING_DAY must be 0 (Sunday) to 6 (Saturday).';
const POSTING_HOUR = 'LOAN_POSTING_HOUR must be a whole hour from 0 to 23.';
const WORKERS = 'POSTING_WORKERS must be a whole number from 1 to 16.';
const APPROVAL = 'LOAN_APPROVAL_REQUIRED must be true or false.';
const JWT_SECRET = 'AUTH_JWT_SECRET must have at least 32 characters.';
const IMPORT_BYTES = 'IMPORT_MAX_BYTES must be a whole number from 1048576 to 1073741824.';
const TOKEN_SECONDS = 'AUTH_ACCESS_TOKEN_SECONDS must be a whole number from 60 to 86400.';
const USER_CLAIM = 'AUTH_USER_CLAIM must be the name of a claim, such as email.';

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
  ['SETTLEMENT_MIN_TAKE_HOME', '100.01%', TAKE_HOME],
  ['SETTLEMENT_MIN_TAKE_HOME', '150.005', TAKE_HOME],
  ['SETTLEMENT_MIN_TAKE_HOME', 'half', TAKE_HOME],
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
  ['POSTING_WORKERS', '0', WORKERS],
  ['POSTING_WORKERS', '17', WORKERS],
  ['POSTING_WORKERS', '1.5', WORKERS],
  ['DATABASE_PREPARED_STATEMENTS', 'yes', 'DATABASE_PREPARED_STATEMENTS must be true or false.'],
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
      expect(configErrors({ [name]: String(value) })).toEqual([wholeNumber(name, least, most)]);
    }
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
    expect(configErrors({ [name]: value })).toEqual([sentence]);
  });

  it.each(WRONG_DATABASES)('DATABASE_URL=%s is rejected with one message', (url) => {
    expect(configErrors({ DATABASE_URL: url, AUTH_JWT_SECRET: SIGNING_KEY })).toEqual([DATABASE_URL]);
    const migrations = { DATABASE_MIGRATION_URL: url, DATABASE_URL: DATABASE, AUTH_JWT_SECRET: SIGNING_KEY };
    expect(configErrors(migrations)).toEqual([
      DATABASE_URL.replace('DATABASE_URL', 'DATABASE_MIGRATION_URL'),
    ]);
  });

  it('is tested here for every setting except free texts', () => {
    const anyText = ['DATA_DIR', 'LOG_DIR', 'AUTH_ISSUER', 'AUTH_AUDIENCE'];
    const urls = ['DATABASE_URL', 'DATABASE_MIGRATION_URL', 'AUTH_JWKS_URL'];
    const tried = new Set([...[...WRONG, ...WHOLE_NUMBERS].map(([name]) => name), ...urls, ...anyText]);
    expect(Object.keys(new AppConfig()).filter((name) => !tried.has(name))).toEqual([]);
  });

  it('is reported together with all others, one per line', () => {
    const env = { PORT: 'http', LOAN_POSTING_DAY: '7', LOAN_APPROVAL_REQUIRED: 'no' };
    expect([...configErrors(env)].sort()).toEqual([APPROVAL, POSTING_DAY, PORT]);
    expect(() => loadConfig(env)).toThrow(ConfigError);
    expect(() => loadConfig(env)).toThrow(`${PORT}\n`);
  });

  it.each(
    WRONG.filter(([name]) => name === 'CLOCK_NOW')
      .map(([, value]) => value)
      .concat(['2025-10-29T09:00:00-04:00', '2025-10-29T09:00Z', '2025-10-29T09:00:00.250-0400']),
  )('CLOCK_NOW=%s is a valid instant if it is accepted', (value) => {
    const isTaken = configErrors({ CLOCK_NOW: value }).length === 0;
    expect(isTaken && Number.isNaN(new Date(value).getTime())).toBe(false);
  });
});
