import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { AppConfig } from './app-config.js';
import { isWeakSecret } from './weak-secret.js';

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** These settings define the trusted issuer of tokens, so they must be set together. */
const IDENTITY_PROVIDER = ['AUTH_JWKS_URL', 'AUTH_ISSUER', 'AUTH_AUDIENCE'] as const;

/** Invalid settings. Each sentence names a setting and says what it must be. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(readonly sentences: readonly string[]) {
    super(sentences.join('\n'));
  }
}

/**
 * Reads the settings from the environment. An empty or blank variable counts as unset. Unknown variables are
 * ignored. Throws ConfigError with one sentence for each invalid setting.
 */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): AppConfig {
  const given = Object.keys(new AppConfig()).filter((name) => env[name]?.trim());
  const config = plainToInstance(AppConfig, Object.fromEntries(given.map((name) => [name, env[name]])), {
    exposeDefaultValues: true,
  });
  const sentences = validateSync(config, { stopAtFirstError: true }).flatMap((error) =>
    Object.values(error.constraints ?? {}),
  );
  sentences.push(...findConflicts(config));
  // skipped if a setting is invalid by itself: the same mistake would be reported twice
  if (sentences.length === 0) sentences.push(...findSignInConflicts(config));
  if (sentences.length > 0) throw new ConfigError([...new Set(sentences)]);
  return config;
}

/** Settings that are valid by themselves but conflict with each other. */
function findConflicts(config: AppConfig): string[] {
  const found = config.NODE_ENV === 'production' ? findProductionProblems(config) : [];
  if (config.DATABASE_MIGRATION_URL && !config.DATABASE_URL) {
    found.push('DATABASE_MIGRATION_URL has no effect without DATABASE_URL.');
  }
  if (config.DATABASE_URL) found.push(...findExternalDatabaseProblems(config));
  if (Number(config.LOAN_DEFAULT_INTEREST_RATE) > Number(config.LOAN_MAX_INTEREST_RATE)) {
    found.push('LOAN_DEFAULT_INTEREST_RATE must not be above LOAN_MAX_INTEREST_RATE.');
  }
  return found;
}

/** A service with an external database has data to protect, whatever NODE_ENV is. */
function findExternalDatabaseProblems({ AUTH_JWT_SECRET: secret, AUTH_JWKS_URL: keys }: AppConfig): string[] {
  if (!secret && !keys) {
    return ['AUTH_JWT_SECRET must be set together with DATABASE_URL, at least 32 random characters.'];
  }
  if (!secret || !isWeakSecret(secret)) return [];
  return ['AUTH_JWT_SECRET can be guessed: use the output of `openssl rand -base64 48`.'];
}

function findProductionProblems(config: AppConfig): string[] {
  const found: string[] = [];
  if (config.CLOCK_NOW) {
    found.push('CLOCK_NOW is for demos and tests: unset it if NODE_ENV is production.');
  }
  if (!config.DATABASE_URL) found.push('DATABASE_URL must be set if NODE_ENV is production.');
  return found;
}

function findSignInConflicts(config: AppConfig): string[] {
  const found: string[] = [];
  if (config.AUTH_ACCESS_TOKEN_SECONDS > config.AUTH_SESSION_IDLE_SECONDS) {
    found.push('AUTH_ACCESS_TOKEN_SECONDS must not be above AUTH_SESSION_IDLE_SECONDS.');
  }
  if (config.AUTH_SESSION_IDLE_SECONDS > config.AUTH_SESSION_MAX_SECONDS) {
    found.push('AUTH_SESSION_IDLE_SECONDS must not be above AUTH_SESSION_MAX_SECONDS.');
  }
  const set = IDENTITY_PROVIDER.filter((name) => config[name]);
  if (set.length > 0 && set.length < IDENTITY_PROVIDER.length) {
    found.push(`${IDENTITY_PROVIDER.join(', ')} must be set together or not at all.`);
  }
  if (config.NODE_ENV === 'production' && isUnencrypted(config.AUTH_JWKS_URL)) {
    found.push('AUTH_JWKS_URL must begin with https:// if NODE_ENV is production.');
  }
  return found;
}

/** Keys read over plain HTTP could be replaced on the network. */
function isUnencrypted(address: string | undefined): boolean {
  if (!address || !URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return protocol === 'http:' && !LOOPBACK.test(hostname);
}
