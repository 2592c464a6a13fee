import { isIP } from 'node:net';
import { applyDecorators } from '@nestjs/common';
import { plainToInstance, Transform, Type } from 'class-transformer';
import {
  IsBoolean,
  IsIn,
  IsInt,
  IsISO8601,
  IsOptional,
  IsString,
  IsTimeZone,
  IsUrl,
  Matches,
  Max,
  Min,
  MinLength,
  ValidateBy,
  validateSync,
} from 'class-validator';
import { isWeakSecret } from './weak-secret.js';

const MONEY = /^\d{1,10}(\.\d{1,2})?$/;
const PERCENT = /^\d{1,2}(\.\d{1,2})?$|^100(\.0{1,2})?$/;

const HTTP_URL = {
  protocols: ['http', 'https'],
  require_tld: false,
  require_protocol: true,
  allow_underscores: true,
};
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** ISO 8601 also has week dates, ordinal dates and times without colons, of which Date makes no instant. */
const CLOCK_READABLE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/;

/** The strings 'true' and 'false' only: a converter would take the word "false" for true. */
const Flag = () =>
  Transform(({ value }) => (value === 'true' ? true : value === 'false' ? false : (value as unknown)));

/** They say whose tokens are trusted, and so are set together. */
const IDENTITY_PROVIDER = ['AUTH_JWKS_URL', 'AUTH_ISSUER', 'AUTH_AUDIENCE'] as const;

const ORIGIN = /^https?:\/\/[a-z0-9.-]+(:\d{1,5})?$/;
const POSTGRES_URL = {
  protocols: ['postgres', 'postgresql'],
  require_tld: false,
  require_protocol: true,
  // a container's name may be the host
  allow_underscores: true,
};

/** A whole number in these limits, both included; the sentence of a wrong one says so. */
const WholeNumber = (least: number, most: number) => {
  const message = `$property must be a whole number from ${least} to ${most}.`;
  return applyDecorators(
    Type(() => Number),
    IsInt({ message }),
    Min(least, { message }),
    Max(most, { message }),
  );
};

/** Comma-separated; each part must pass. */
const ListOf = (isPart: (part: string) => boolean, message: string) =>
  applyDecorators(
    Transform(({ value }) =>
      typeof value === 'string' ? value.split(',').map((part) => part.trim()) : null,
    ),
    IsOptional(),
    ValidateBy(
      { name: 'listOf', validator: { validate: (parts: readonly string[]) => parts.every(isPart) } },
      { message },
    ),
  );

/** What may stand in TRUST_PROXY: an address, a network, or a name for the private ones. */
function isProxy(part: string): boolean {
  if (['loopback', 'linklocal', 'uniquelocal'].includes(part)) return true;
  const [address = '', bits, ...rest] = part.split('/');
  const most = isIP(address) === 4 ? 32 : 128;
  const isNetwork =
    bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) >= 1 && Number(bits) <= most);
  return isIP(address) !== 0 && isNetwork && rest.length === 0;
}

/** A setting that is not one: the sentences say which, and what it should be. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(readonly sentences: readonly string[]) {
    super(sentences.join('\n'));
  }
}

/** Every setting of the service, by the name of its variable. Defaults are here and in .env.example. */
export class AppConfig {
  @IsIn(['development', 'production', 'test'], {
    message: 'NODE_ENV must be development, production or test.',
  })
  NODE_ENV: 'development' | 'production' | 'test' = 'development';

  @WholeNumber(0, 65535)
  PORT = 3000;

  @Matches(/^[\w.:%-]+$/, { message: 'HOST must be an address to listen on, such as 127.0.0.1 or 0.0.0.0.' })
  HOST = '127.0.0.1';

  @IsOptional()
  @IsUrl(POSTGRES_URL, { message: '$property must look like postgres://user:password@host:5432/database.' })
  DATABASE_URL?: string;

  @IsOptional()
  @IsUrl(POSTGRES_URL, { message: '$property must look like postgres://user:password@host:5432/database.' })
  DATABASE_MIGRATION_URL?: string;

  @WholeNumber(2, 200)
  DATABASE_POOL_SIZE = 20;

  @WholeNumber(0, 200)
  DATABASE_POOL_OVERFLOW = 40;

  @WholeNumber(1, 600)
  DATABASE_STATEMENT_TIMEOUT_SECONDS = 30;

  @IsString()
  DATA_DIR = './.data';

  @IsOptional()
  @IsISO8601(
    { strict: true },
    { message: 'CLOCK_NOW must be an instant with its offset, such as 2025-10-29T09:00:00-04:00.' },
  )
  @Matches(CLOCK_READABLE, {
    message: 'CLOCK_NOW must be an instant with its offset, such as 2025-10-29T09:00:00-04:00.',
  })
  CLOCK_NOW?: string;

  @IsTimeZone({ message: 'APP_TIMEZONE must be a time zone such as America/New_York.' })
  APP_TIMEZONE = 'America/New_York';

  @IsIn(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
    message: 'LOG_LEVEL must be fatal, error, warn, info, debug, trace or silent.',
  })
  LOG_LEVEL = 'info';

  @IsString()
  LOG_DIR = './logs';

  @Matches(/^[^\p{Cc}\p{Cs}]{1,80}$/u, { message: 'FLEET_NAME must be a name of 1 to 80 characters.' })
  FLEET_NAME = 'Big Apple Taxi';

  @Matches(MONEY, { message: 'LOAN_MAX_AMOUNT must be an amount such as 50000.00.' })
  LOAN_MAX_AMOUNT = '50000.00';

  @Matches(PERCENT, { message: 'LOAN_DEFAULT_INTEREST_RATE must be a percentage from 0 to 100.' })
  LOAN_DEFAULT_INTEREST_RATE = '0.00';

  @Matches(PERCENT, { message: 'LOAN_MAX_INTEREST_RATE must be a percentage from 0 to 100.' })
  LOAN_MAX_INTEREST_RATE = '20.00';

  @Type(() => Number)
  @IsIn([0, 1, 2, 3, 4, 5, 6], { message: 'LOAN_POSTING_DAY must be 0 (Sunday) to 6 (Saturday).' })
  LOAN_POSTING_DAY: 0 | 1 | 2 | 3 | 4 | 5 | 6 = 0;

  @Type(() => Number)
  @IsInt({ message: 'LOAN_POSTING_HOUR must be a whole hour from 0 to 23.' })
  @Min(0, { message: 'LOAN_POSTING_HOUR must be a whole hour from 0 to 23.' })
  @Max(23, { message: 'LOAN_POSTING_HOUR must be a whole hour from 0 to 23.' })
  LOAN_POSTING_HOUR = 5;

  @Flag()
  @IsBoolean({ message: 'LOAN_APPROVAL_REQUIRED must be true or false.' })
  LOAN_APPROVAL_REQUIRED = false;

  @IsOptional()
  @IsString()
  @MinLength(32, { message: 'AUTH_JWT_SECRET must have at least 32 characters.' })
  AUTH_JWT_SECRET?: string;

  @WholeNumber(60, 86_400)
  AUTH_ACCESS_TOKEN_SECONDS = 900;

  @WholeNumber(300, 2_592_000)
  AUTH_SESSION_IDLE_SECONDS = 28_800;

  @WholeNumber(300, 31_536_000)
  AUTH_SESSION_MAX_SECONDS = 604_800;

  @IsOptional()
  @IsUrl(HTTP_URL, { message: 'AUTH_JWKS_URL must look like https://id.example.com/.well-known/jwks.json.' })
  AUTH_JWKS_URL?: string;

  @IsOptional()
  @IsString()
  AUTH_ISSUER?: string;

  @IsOptional()
  @IsString()
  AUTH_AUDIENCE?: string;

  @Matches(/^[\w:/.-]{1,100}$/, { message: 'AUTH_USER_CLAIM must be the name of a claim, such as email.' })
  AUTH_USER_CLAIM = 'email';

  @IsOptional()
  @Matches(/^[\x21-\x7e]{16,}$/, {
    message: 'METRICS_TOKEN must have at least 16 characters, without spaces.',
  })
  METRICS_TOKEN?: string;

  @ListOf(isProxy, '$property must be addresses or networks such as 10.0.0.0/8, separated by commas.')
  TRUST_PROXY?: string[];

  @ListOf(
    (part) => ORIGIN.test(part),
    '$property must be origins such as https://loans.example.com, separated by commas.',
  )
  CORS_ORIGINS?: string[];

  @WholeNumber(1_024, 104_857_600)
  BODY_LIMIT_BYTES = 1_048_576;

  @WholeNumber(1, 3_600)
  REQUEST_TIMEOUT_SECONDS = 60;

  @WholeNumber(0, 60)
  SHUTDOWN_DELAY_SECONDS = 0;

  @WholeNumber(1, 1_000_000)
  RATE_LIMIT_PER_MINUTE = 100;

  @WholeNumber(1, 1_000_000)
  RATE_LIMIT_PER_HOUR = 1_000;

  @WholeNumber(1, 1_000_000)
  RATE_LIMIT_ADDRESS_PER_MINUTE = 300;

  @WholeNumber(1, 1_000_000)
  RATE_LIMIT_LOGIN_PER_MINUTE = 10;
}

/**
 * Reads the settings from the environment; an empty or blank variable counts as unset, unknown ones are left alone.
 * Throws ConfigError with one sentence for each wrong setting.
 */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): AppConfig {
  const known = Object.keys(new AppConfig());
  const optional = [
    'DATABASE_URL',
    'DATABASE_MIGRATION_URL',
    'CLOCK_NOW',
    'AUTH_JWT_SECRET',
    ...IDENTITY_PROVIDER,
    'METRICS_TOKEN',
    'TRUST_PROXY',
    'CORS_ORIGINS',
  ];
  const given = [...known, ...optional].filter((name) => env[name]?.trim());
  const config = plainToInstance(AppConfig, Object.fromEntries(given.map((name) => [name, env[name]])), {
    exposeDefaultValues: true,
  });
  const sentences = validateSync(config, { stopAtFirstError: true }).flatMap((error) =>
    Object.values(error.constraints ?? {}),
  );
  sentences.push(...contradictions(config));
  // what is out of its own bounds would be out of proportion too, and be told twice
  if (sentences.length === 0) sentences.push(...contradictionsOfSignIn(config));
  if (sentences.length > 0) throw new ConfigError([...new Set(sentences)]);
  return config;
}

/** Settings that are each right, and wrong together. */
function contradictions(config: AppConfig): string[] {
  const found = config.NODE_ENV === 'production' ? unfitForProduction(config) : [];
  if (config.DATABASE_MIGRATION_URL && !config.DATABASE_URL) {
    found.push('DATABASE_MIGRATION_URL is of no use without DATABASE_URL.');
  }
  if (config.DATABASE_URL && !config.AUTH_JWT_SECRET && !config.AUTH_JWKS_URL) {
    found.push('AUTH_JWT_SECRET must be set together with DATABASE_URL, at least 32 random characters.');
  }
  if (Number(config.LOAN_DEFAULT_INTEREST_RATE) > Number(config.LOAN_MAX_INTEREST_RATE)) {
    found.push('LOAN_DEFAULT_INTEREST_RATE must not be above LOAN_MAX_INTEREST_RATE.');
  }
  return found;
}

function unfitForProduction(config: AppConfig): string[] {
  const found: string[] = [];
  if (config.CLOCK_NOW) {
    found.push('CLOCK_NOW is for demos and tests: unset it where NODE_ENV is production.');
  }
  if (!config.DATABASE_URL) found.push('DATABASE_URL must be set where NODE_ENV is production.');
  if (config.AUTH_JWT_SECRET && isWeakSecret(config.AUTH_JWT_SECRET)) {
    found.push('AUTH_JWT_SECRET can be guessed: take what `openssl rand -base64 48` prints.');
  }
  return found;
}

function contradictionsOfSignIn(config: AppConfig): string[] {
  const found: string[] = [];
  if (config.AUTH_ACCESS_TOKEN_SECONDS > config.AUTH_SESSION_IDLE_SECONDS) {
    found.push('AUTH_ACCESS_TOKEN_SECONDS must not be above AUTH_SESSION_IDLE_SECONDS.');
  }
  if (config.AUTH_SESSION_IDLE_SECONDS > config.AUTH_SESSION_MAX_SECONDS) {
    found.push('AUTH_SESSION_IDLE_SECONDS must not be above AUTH_SESSION_MAX_SECONDS.');
  }
  const set = IDENTITY_PROVIDER.filter((name) => config[name]);
  if (set.length > 0 && set.length < IDENTITY_PROVIDER.length) {
    found.push(`${IDENTITY_PROVIDER.join(', ')} must be set together, or none of them.`);
  }
  if (config.NODE_ENV === 'production' && isReadInTheClear(config.AUTH_JWKS_URL)) {
    found.push('AUTH_JWKS_URL must begin with https:// where NODE_ENV is production.');
  }
  return found;
}

/** Keys that anybody on the way may swap for their own. */
function isReadInTheClear(address: string | undefined): boolean {
  if (!address || !URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return protocol === 'http:' && !LOOPBACK.test(hostname);
}
