import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { AppConfig } from './app-config.js';
import { isWeakSecret } from './weak-secret.js';

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** They say whose tokens are trusted, and so are set together. */
const IDENTITY_PROVIDER = ['AUTH_JWKS_URL', 'AUTH_ISSUER', 'AUTH_AUDIENCE'] as const;

/** A setting that is not one: the sentences say which, and what it should be. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(readonly sentences: readonly string[]) {
    super(sentences.join('\n'));
  }
}

/**
 * Reads the settings from the environment; an empty or blank variable counts as unset, unknown ones are left alone.
 * Throws ConfigError with one sentence for each wrong setting.
 */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): AppConfig {
  const given = Object.keys(new AppConfig()).filter((name) => env[name]?.trim());
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
  if (config.DATABASE_URL) found.push(...unfitForOwnDatabase(config));
  if (Number(config.LOAN_DEFAULT_INTEREST_RATE) > Number(config.LOAN_MAX_INTEREST_RATE)) {
    found.push('LOAN_DEFAULT_INTEREST_RATE must not be above LOAN_MAX_INTEREST_RATE.');
  }
  return found;
}

/** Whoever has a database of their own has books to protect, whatever NODE_ENV says. */
function unfitForOwnDatabase({ AUTH_JWT_SECRET: secret, AUTH_JWKS_URL: keys }: AppConfig): string[] {
  if (!secret && !keys) {
    return ['AUTH_JWT_SECRET must be set together with DATABASE_URL, at least 32 random characters.'];
  }
  if (!secret || !isWeakSecret(secret)) return [];
  return ['AUTH_JWT_SECRET can be guessed: use the output of `openssl rand -base64 48`.'];
}

function unfitForProduction(config: AppConfig): string[] {
  const found: string[] = [];
  if (config.CLOCK_NOW) {
    found.push('CLOCK_NOW is for demos and tests: unset it where NODE_ENV is production.');
  }
  if (!config.DATABASE_URL) found.push('DATABASE_URL must be set where NODE_ENV is production.');
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
