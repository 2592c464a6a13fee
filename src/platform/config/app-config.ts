import { Type } from 'class-transformer';
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
} from 'class-validator';
import { AmountUpTo, Flag, isProxy, ListOf, WholeNumber } from './setting-fields.js';

const PERCENT = /^\d{1,2}(\.\d{1,2})?$|^100(\.0{1,2})?$/;

const AMOUNT_OR_PERCENT = /^\d{1,10}(\.\d{1,2})?$|^(\d{1,2}(\.\d{1,2})?|100(\.0{1,2})?)%$/;

const HTTP_URL = {
  protocols: ['http', 'https'],
  require_tld: false,
  require_protocol: true,
  allow_underscores: true,
};

/** ISO 8601 also allows week dates, ordinal dates and times without colons, which Date cannot parse. */
const CLOCK_READABLE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/;

const ORIGIN = /^https?:\/\/[a-z0-9.-]+(:\d{1,5})?$/;
const POSTGRES_URL = {
  protocols: ['postgres', 'postgresql'],
  require_tld: false,
  require_protocol: true,
  // The host may be the name of a container.
  allow_underscores: true,
};

/** Every setting of the service, named like its environment variable. The defaults are here and in .env.example. */
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

  @IsOptional()
  @Flag()
  @IsBoolean({ message: 'DATABASE_PREPARED_STATEMENTS must be true or false.' })
  DATABASE_PREPARED_STATEMENTS?: boolean;

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

  @AmountUpTo('1000000.00')
  LOAN_MAX_AMOUNT = '50000.00';

  @AmountUpTo('9999999999.99')
  DRIVER_MAX_EXPOSURE = '100000.00';

  @WholeNumber(1, 1_000)
  DRIVER_MAX_LOANS = 5;

  @WholeNumber(0, 520)
  LEDGER_WEEKS_BACK = 52;

  @AmountUpTo('9999999.99')
  LEDGER_MAX_AMOUNT = '100000.00';

  @Matches(AMOUNT_OR_PERCENT, {
    message: 'SETTLEMENT_MIN_TAKE_HOME must be an amount such as 150.00, or a percentage such as 25%.',
  })
  SETTLEMENT_MIN_TAKE_HOME = '0.00';

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

  @WholeNumber(1, 16)
  POSTING_WORKERS = 2;

  /** If unset, the API documentation is shown except in production */
  @IsOptional()
  @Flag()
  @IsBoolean({ message: 'API_DOCS must be true or false.' })
  API_DOCS?: boolean;

  @Flag()
  @IsBoolean({ message: 'DEMO_FLEET must be true or false.' })
  DEMO_FLEET = true;

  @Flag()
  @IsBoolean({ message: 'LOAN_APPROVAL_REQUIRED must be true or false.' })
  LOAN_APPROVAL_REQUIRED = false;

  @IsOptional()
  @AmountUpTo('1000000.00')
  LOAN_APPROVAL_ABOVE?: string;

  @WholeNumber(1_048_576, 1_073_741_824)
  IMPORT_MAX_BYTES = 52_428_800;

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

  @WholeNumber(1, 100)
  HEAVY_WORK_PER_PROCESS = 4;

  @WholeNumber(1, 100)
  HEAVY_WORK_PER_USER = 2;

  @WholeNumber(1, 900)
  DOWNLOAD_IDLE_SECONDS = 30;

  @WholeNumber(1, 1_000_000)
  RATE_LIMIT_PER_MINUTE = 600;

  @WholeNumber(1, 1_000_000)
  RATE_LIMIT_PER_HOUR = 20_000;

  @WholeNumber(1, 1_000_000)
  RATE_LIMIT_ADDRESS_PER_MINUTE = 300;

  @WholeNumber(1, 1_000_000)
  RATE_LIMIT_LOGIN_PER_MINUTE = 10;
}
