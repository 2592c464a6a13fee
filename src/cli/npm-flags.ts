import { UsageError } from './usage-error.js';

/** npm reads `--head` as short for its own option `--heading`. */
const EXPANDED_BY_NPM: Readonly<Record<string, string>> = { '--head': '--heading' };

/**
 * Throws UsageError if npm has consumed one of the flags. In `npm run cli post-week --dry-run`, which lacks the second
 * `--`, npm reads the flag as its own option, and the command would run without it. npm stores such flags in
 * `npm_config_*`.
 */
export function requireFlagsFromNpm(
  env: Readonly<NodeJS.ProcessEnv>,
  [command = '', ...args]: readonly string[],
  flags: readonly string[],
): void {
  if (env['npm_lifecycle_event'] !== 'cli') return;
  const consumed = flags.filter((flag) => !isGiven(flag, args) && isConsumedByNpm(env, flag));
  if (consumed.length === 0) return;
  throw new UsageError(
    `npm consumed ${consumed.join(' and ')}, so nothing was done. Write "--" after "cli": ` +
      `npm run cli -- ${command} ${consumed.join(' ')} …`,
  );
}

function isGiven(flag: string, args: readonly string[]): boolean {
  return args.some((arg) => arg === flag || arg.startsWith(`${flag}=`));
}

function isConsumedByNpm(env: Readonly<NodeJS.ProcessEnv>, flag: string): boolean {
  const option = (EXPANDED_BY_NPM[flag] ?? flag).slice('--'.length).replaceAll('-', '_');
  return Boolean(env[`npm_config_${option}`]);
}
