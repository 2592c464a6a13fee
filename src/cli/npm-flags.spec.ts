import { requireFlagsFromNpm } from './npm-flags.js';
import { UsageError } from './usage-error.js';

const BY_NPM = { npm_lifecycle_event: 'cli', npm_config_dry_run: '' };
const FLAGS = ['--period-start', '--loan', '--dry-run', '--head'];

const check = (env: Record<string, string>, ...args: string[]) => {
  requireFlagsFromNpm({ ...BY_NPM, ...env }, ['post-week', ...args], FLAGS);
};

describe('the flags of a command that npm runs', () => {
  it('pass where npm kept none of them', () => {
    expect(() => {
      check({}, '--dry-run');
    }).not.toThrow();
  });

  it.each([
    ['--dry-run', { npm_config_dry_run: 'true' }],
    ['--period-start', { npm_config_period_start: '2025-10-26' }],
    ['--loan', { npm_config_loan: 'true' }],
    ['--head', { npm_config_heading: '7:00' }],
  ])('are refused where npm kept %s', (flag, env) => {
    expect(() => {
      check(env);
    }).toThrow(
      new UsageError(
        `npm kept ${flag} for itself, so nothing was done. Write "--" after "cli": npm run cli -- post-week ${flag} …`,
      ),
    );
  });

  it.each([[['--loan', 'DL-2025-0001']], [['--loan=DL-2025-0001']]])(
    'pass where npm has an option of the same name and the flag is given: %s',
    (args) => {
      expect(() => {
        check({ npm_config_loan: 'true' }, ...args);
      }).not.toThrow();
    },
  );

  it('pass where the command was not started by npm', () => {
    expect(() => {
      check({ npm_lifecycle_event: 'test', npm_config_dry_run: 'true' });
    }).not.toThrow();
  });
});
