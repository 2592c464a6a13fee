import { AppConfig } from './app-config.js';
import { ConfigError } from './load-config.js';

/**
 * The service takes no arguments. Throws ConfigError if there is one, or if npm has consumed one: `npm start --port=4000`
 * only sets `npm_config_port`. Otherwise the service would start with other settings than the operator asked for.
 */
export function requireNoArguments(args: readonly string[], env: Readonly<NodeJS.ProcessEnv>): void {
  const settings = [...settingsIn(args), ...settingsConsumedByNpm(args, env)];
  if (args.length === 0 && settings.length === 0) return;
  const call = settings.length > 0 ? settings.join(' ') : 'PORT=4000';
  throw new ConfigError([
    'The service takes no arguments and was not started. Its settings are environment variables (.env.example). ' +
      `Start it like this: ${call} npm start`,
  ]);
}

/** The settings among the arguments, as `--port 4000`, `--port=4000` or `PORT=4000`. */
function settingsIn(args: readonly string[]): string[] {
  const words = args.flatMap((arg) => arg.split(/=(.*)/s, 2));
  return words.flatMap((word, index) => {
    const name = word.replace(/^-+/, '').replaceAll('-', '_').toUpperCase();
    return SETTINGS.includes(name) ? [`${name}=${words[index + 1] ?? '…'}`] : [];
  });
}

/** npm gives a flag without `=` the value "true", and hands its value on as the first argument. */
function settingsConsumedByNpm(args: readonly string[], env: Readonly<NodeJS.ProcessEnv>): string[] {
  if (env['npm_lifecycle_event'] !== 'start') return [];
  return SETTINGS.flatMap((name) => {
    const consumed = env[`npm_config_${name.toLowerCase()}`];
    if (!consumed) return [];
    return [`${name}=${consumed === 'true' ? (args[0] ?? '…') : consumed}`];
  });
}

const SETTINGS = Object.keys(new AppConfig());
