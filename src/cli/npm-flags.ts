import { UsageError } from './usage-error.js';

/** npm reads `--head` as short for its own option `--heading`. */
const EXPANDED_BY_NPM: Readonly<Record<string, string>> = { '--head': '--heading' };

/**
 * Throws UsageError where npm kept one of the flags: in `npm run cli post-week --dry-run`, without a second `--`, npm takes
 * the flag as an option of its own, and the command would run without it. What npm keeps it puts into `npm_config_*`.
 */
export function requireFlagsFromNpm(
  env: Readonly<NodeJS.ProcessEnv>,
  [command = '', ...args]: readonly string[],
  flags: readonly string[],
): void {
  if (env['npm_lifecycle_event'] !== 'cli') return;
  const kept = flags.filter((flag) => !isGiven(flag, args) && isKeptByNpm(env, flag));
  if (kept.length === 0) return;
  throw new UsageError(
    `npm kept ${kept.join(' and ')} for itself, so nothing was done. Write "--" after "cli": ` +
      `npm run cli -- ${command} ${kept.join(' ')} …`,
  );
}

function isGiven(flag: string, args: readonly string[]): boolean {
  return args.some((arg) => arg === flag || arg.startsWith(`${flag}=`));
}

function isKeptByNpm(env: Readonly<NodeJS.ProcessEnv>, flag: string): boolean {
  const option = (EXPANDED_BY_NPM[flag] ?? flag).slice('--'.length).replaceAll('-', '_');
  return Boolean(env[`npm_config_${option}`]);
}
