import { DomainError } from '../kernel/errors/domain-error.js';
import { ConfigError } from '../platform/config/load-config.js';
import { outcomeOf } from './exit-code.js';
import { UsageError } from './usage-error.js';

const fromCommander = (exitCode: number, code: string) => Object.assign(new Error(code), { exitCode, code });

describe('how the command line ends', () => {
  it('ends well after --help, which was printed already', () => {
    expect(outcomeOf(fromCommander(0, 'commander.helpDisplayed'))).toEqual({ exitCode: 0, text: null });
  });

  it('ends with 2 on an unknown command or option, which was explained already', () => {
    expect(outcomeOf(fromCommander(1, 'commander.unknownCommand'))).toEqual({ exitCode: 2, text: null });
  });

  it('ends with 2 and a sentence where a command finds an option wrong', () => {
    expect(outcomeOf(new UsageError('There is no role CLERK.'))).toEqual({
      exitCode: 2,
      text: 'error: There is no role CLERK.',
    });
  });

  it('ends with 1 and the sentence, without a stack, on a refusal', () => {
    expect(outcomeOf(new DomainError('EMAIL_TAKEN', 'Somebody has that e-mail.'))).toEqual({
      exitCode: 1,
      text: 'error: Somebody has that e-mail.',
    });
  });

  it('names every wrong setting, each on its line', () => {
    expect(outcomeOf(new ConfigError(['PORT is wrong.', 'HOST is wrong.'])).text).toBe(
      'error: PORT is wrong.\nHOST is wrong.',
    );
  });

  it('says that the database is away where it is', () => {
    const refused = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:5432'), { code: 'ECONNREFUSED' });
    expect(outcomeOf(refused)).toEqual({
      exitCode: 1,
      text: 'error: The database does not answer: connect ECONNREFUSED 127.0.0.1:5432',
    });
  });

  it('shows the stack of a fault of ours', () => {
    const { exitCode, text } = outcomeOf(new TypeError('undefined is not a function'));
    expect(exitCode).toBe(1);
    expect(text).toContain('exit-code.spec');
  });
});
