import { requireFlagsFromNpm } from './npm-flags.js';
import { UsageError } from './usage-error.js';

const BY_NPM = { npm_lifecycle_event: 'cli', npm_config_dry_run: '' };
const FLAGS = ['--period-start', '--loan', '--dry-run', '--head'];

const check = (env: Record<string, string>, ...args: string[]) => {
  requireFlagsFromNpm({ ...BY_NPM, ...env }, ['post-week', ...args], FLAGS);
};

describe('the check for flags that npm has consumed', () => {
  it('passes if npm has consumed no flag', () => {
    expect(() => {
      check({}, '--dry-run');
    }).not.toThrow();
  });

  it.each([
    ['--dry-run', { npm_config_dry_run: 'true' }],
    ['--period-start', { npm_config_period_start: '2025-10-26' }],
    ['--loan', { npm_config_loan: 'true' }],
    ['--head', { npm_config_heading: '7:00' }],
  ])('fails if npm has consumed %s', (flag, env) => {
    expect(() => {
      check(env);
    }).toThrow(
      new UsageError(
        `npm consumed ${flag}, so nothing was done. Write "--" after "cli": npm run cli -- post-week ${flag} …`,
      ),
    );
  });

  it.each([[['--loan', 'DL-2025-0001']], [['--loan=DL-2025-0001']]])(
    'passes if npm has an option of the same name and the command received %s',
    (args) => {
      expect(() => {
        check({ npm_config_loan: 'true' }, ...args);
      }).not.toThrow();
    },
  );

  it('passes if npm did not start the command', () => {
    expect(() => {
      check({ npm_lifecycle_event: 'test', npm_config_dry_run: 'true' });
    }).not.toThrow();
  });
});
