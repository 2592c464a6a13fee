import { ConfigError } from './load-config.js';
import { requireNoArguments } from './start-arguments.js';

const BY_NPM = { npm_lifecycle_event: 'start', npm_config_cache: '/home/clerk/.npm' };

const sentence = (call: string): string =>
  'The service takes no arguments and was not started. Its settings are environment variables (.env.example). ' +
  `Start it like this: ${call} npm start`;

describe('the arguments of the service', () => {
  it.each([
    [['--port', '4000'], {}, 'PORT=4000'],
    [['--port=4000', '--data-dir', 'my data'], {}, 'PORT=4000 DATA_DIR=my data'],
    [['PORT=4000'], {}, 'PORT=4000'],
    [['DATABASE_URL=postgres://db/x?a=b'], {}, 'DATABASE_URL=postgres://db/x?a=b'],
    [['--port'], {}, 'PORT=…'],
    [['--verbose'], {}, 'PORT=4000'],
    [['4000'], { npm_config_port: 'true' }, 'PORT=4000'],
    [[], { npm_config_port: '4000', npm_config_host: '0.0.0.0' }, 'PORT=4000 HOST=0.0.0.0'],
  ])('%j with %j are refused with the right call', (args, env, call) => {
    expect(() => {
      requireNoArguments(args, { ...BY_NPM, ...env });
    }).toThrow(new ConfigError([sentence(call)]));
  });

  it.each([
    ['npm start', BY_NPM],
    ['another program that npm started', { npm_lifecycle_event: 'test', npm_config_port: '4000' }],
  ])('are accepted as empty for %s', (_, env) => {
    expect(() => {
      requireNoArguments([], env);
    }).not.toThrow();
  });
});
