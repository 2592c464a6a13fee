import { configErrors } from '../../../test/support/config-errors.js';
import { SIGNING_KEY } from '../../../test/support/signing-key.js';
import { AppConfig } from './app-config.js';
import { loadConfig } from './load-config.js';

const PLACEHOLDER = 'x'.repeat(32);
const DATABASE = 'postgres://user:password@host:5432/database';
const PRODUCTION = { NODE_ENV: 'production', DATABASE_URL: DATABASE, AUTH_JWT_SECRET: SIGNING_KEY };

const JWKS_URL = 'AUTH_JWKS_URL must look like https://id.example.com/.well-known/jwks.json.';
const TOGETHER = 'AUTH_JWKS_URL, AUTH_ISSUER, AUTH_AUDIENCE must be set together or not at all.';

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
      SETTLEMENT_MIN_TAKE_HOME: '0.00',
      LOAN_DEFAULT_INTEREST_RATE: '0.00',
      LOAN_MAX_INTEREST_RATE: '20.00',
      LOAN_POSTING_DAY: 0,
      LOAN_POSTING_HOUR: 5,
      POSTING_WORKERS: 2,
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
    ['SETTLEMENT_MIN_TAKE_HOME', '150.5', '150.5'],
    ['SETTLEMENT_MIN_TAKE_HOME', '100%', '100%'],
    ['LOAN_DEFAULT_INTEREST_RATE', '20.00', '20.00'],
    ['LOAN_MAX_INTEREST_RATE', '100.00', '100.00'],
    ['LOAN_POSTING_DAY', '6', 6],
    ['LOAN_POSTING_HOUR', '0', 0],
    ['LOAN_POSTING_HOUR', '23', 23],
    ['POSTING_WORKERS', '1', 1],
    ['POSTING_WORKERS', '16', 16],
    ['API_DOCS', 'true', true],
    ['DEMO_FLEET', 'false', false],
    ['API_DOCS', 'false', false],
    ['LOAN_APPROVAL_REQUIRED', 'true', true],
    ['LOAN_APPROVAL_REQUIRED', 'false', false],
    ['AUTH_JWT_SECRET', SIGNING_KEY, SIGNING_KEY],
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

  it.each([
    DATABASE,
    'postgresql://db/driver_loans',
    'postgres://user:p%40ss@10.0.0.1:5432/database?sslmode=require',
    'postgres://user:password@[::1]:5432/database',
    // the name of a container
    'postgres://user:password@loans_db:5432/database',
  ])('DATABASE_URL=%s is accepted', (url) => {
    expect(loadConfig({ DATABASE_URL: url, AUTH_JWT_SECRET: SIGNING_KEY }).DATABASE_URL).toBe(url);
  });

  it('is ignored if it does not belong to the service', () => {
    expect(loadConfig({ PATH: '/usr/bin', LOAN_POSTING_MINUTE: 'x', constructor: 'x' })).toEqual(
      loadConfig({}),
    );
  });
});

describe('the combination of settings', () => {
  it('is valid for production with all required settings', () => {
    expect(configErrors(PRODUCTION)).toEqual([]);
  });

  it.each([
    ['a fixed clock', { CLOCK_NOW: '2025-10-29T09:00:00-04:00' }, 'CLOCK_NOW is for demos and tests'],
    ['no database', { DATABASE_URL: '' }, 'DATABASE_URL must be set if NODE_ENV is production.'],
    ['no secret', { AUTH_JWT_SECRET: '' }, 'AUTH_JWT_SECRET must be set together with DATABASE_URL'],
    [
      'a short secret',
      { AUTH_JWT_SECRET: SIGNING_KEY.slice(0, 31) },
      'AUTH_JWT_SECRET must have at least 32',
    ],
    ['a secret that is a placeholder', { AUTH_JWT_SECRET: PLACEHOLDER }, 'AUTH_JWT_SECRET can be guessed'],
  ])('is invalid in production with %s', (_, override, sentence) => {
    expect(configErrors({ ...PRODUCTION, ...override })).toEqual([expect.stringMatching(`^${sentence}`)]);
  });

  it('is valid outside of production with CLOCK_NOW or without a database', () => {
    expect(configErrors({ CLOCK_NOW: '2025-10-29T09:00:00-04:00' })).toEqual([]);
    expect(configErrors({ NODE_ENV: 'test' })).toEqual([]);
  });

  it('is invalid with DATABASE_MIGRATION_URL and without DATABASE_URL', () => {
    expect(configErrors({ DATABASE_MIGRATION_URL: DATABASE })).toEqual([
      'DATABASE_MIGRATION_URL has no effect without DATABASE_URL.',
    ]);
  });

  it('is invalid with DATABASE_URL and without AUTH_JWT_SECRET', () => {
    expect(configErrors({ DATABASE_URL: DATABASE })).toEqual([
      'AUTH_JWT_SECRET must be set together with DATABASE_URL, at least 32 random characters.',
    ]);
  });

  it('is invalid with DATABASE_URL and a published secret, also outside of production', () => {
    const example = 'at-least-32-random-characters-here';
    expect(configErrors({ DATABASE_URL: DATABASE, AUTH_JWT_SECRET: example })).toEqual([
      'AUTH_JWT_SECRET can be guessed: use the output of `openssl rand -base64 48`.',
    ]);
    expect(configErrors({ AUTH_JWT_SECRET: example })).toEqual([]);
  });

  it.each([
    ['20.01', '20.00'],
    ['5.01', '5.00'],
    ['10', '9'],
  ])('is invalid with a default rate of %s and a maximum rate of %s', (rate, highest) => {
    expect(configErrors({ LOAN_DEFAULT_INTEREST_RATE: rate, LOAN_MAX_INTEREST_RATE: highest })).toEqual([
      'LOAN_DEFAULT_INTEREST_RATE must not be above LOAN_MAX_INTEREST_RATE.',
    ]);
  });

  it.each([
    ['5', '5.00'],
    ['9', '10'],
  ])('is valid with a default rate of %s and a maximum rate of %s', (rate, highest) => {
    expect(configErrors({ LOAN_DEFAULT_INTEREST_RATE: rate, LOAN_MAX_INTEREST_RATE: highest })).toEqual([]);
  });
});

describe('the sign-in settings', () => {
  const PROVIDER = {
    AUTH_JWKS_URL: 'https://id.example.com/jwks',
    AUTH_ISSUER: 'https://id.example.com/',
    AUTH_AUDIENCE: 'driver-loans',
  };

  it('require no secret of our own with an identity provider', () => {
    expect(configErrors({ ...PRODUCTION, AUTH_JWT_SECRET: '', ...PROVIDER })).toEqual([]);
  });

  it.each(Object.keys(PROVIDER))('are rejected if only %s of the identity provider is missing', (name) => {
    expect(configErrors({ ...PROVIDER, [name]: '' })).toEqual([TOGETHER]);
  });

  it.each(['ftp://id.example.com/jwks', 'id.example.com/jwks', 'jwks'])(
    'are rejected if AUTH_JWKS_URL is %s',
    (url) => {
      expect(configErrors({ ...PROVIDER, AUTH_JWKS_URL: url })).toEqual([JWKS_URL]);
    },
  );

  it('are rejected in production if AUTH_JWKS_URL uses http to another machine', () => {
    const over = (url: string) => configErrors({ ...PRODUCTION, ...PROVIDER, AUTH_JWKS_URL: url });
    const clear = ['AUTH_JWKS_URL must begin with https:// if NODE_ENV is production.'];
    expect(over('http://id.example.com/jwks')).toEqual(clear);
    expect(over('http://127.0.0.1.example.com/jwks')).toEqual(clear);
    expect(over('http://localhost:8080/jwks')).toEqual([]);
    expect(over('http://127.0.0.1:8080/jwks')).toEqual([]);
    expect(configErrors({ ...PROVIDER, AUTH_JWKS_URL: 'http://id:8080/jwks' })).toEqual([]);
  });

  it('are rejected if the access token outlives the session', () => {
    expect(configErrors({ AUTH_ACCESS_TOKEN_SECONDS: '28801' })).toEqual([
      'AUTH_ACCESS_TOKEN_SECONDS must not be above AUTH_SESSION_IDLE_SECONDS.',
    ]);
    expect(configErrors({ AUTH_SESSION_MAX_SECONDS: '28799' })).toEqual([
      'AUTH_SESSION_IDLE_SECONDS must not be above AUTH_SESSION_MAX_SECONDS.',
    ]);
  });
});
