import { DomainError } from '../kernel/errors/domain-error.js';
import { ConfigError } from '../platform/config/load-config.js';
import { outcomeOf } from './exit-code.js';
import { UsageError } from './usage-error.js';

const fromCommander = (exitCode: number, code: string) => Object.assign(new Error(code), { exitCode, code });

describe('the exit of the command line', () => {
  it('succeeds after --help', () => {
    expect(outcomeOf(fromCommander(0, 'commander.helpDisplayed'))).toEqual({ exitCode: 0, text: null });
  });

  it('has the code 2 for an unknown command or option', () => {
    expect(outcomeOf(fromCommander(1, 'commander.unknownCommand'))).toEqual({ exitCode: 2, text: null });
  });

  it('has the code 2 and a message for an invalid option', () => {
    expect(outcomeOf(new UsageError('There is no role CLERK.'))).toEqual({
      exitCode: 2,
      text: 'error: There is no role CLERK.',
    });
  });

  it('has the code 1 and the message without a stack trace for a rejected operation', () => {
    expect(outcomeOf(new DomainError('EMAIL_TAKEN', 'The e-mail is already in use.'))).toEqual({
      exitCode: 1,
      text: 'error: The e-mail is already in use.',
    });
  });

  it('prints every invalid setting on its own line', () => {
    expect(outcomeOf(new ConfigError(['PORT is wrong.', 'HOST is wrong.'])).text).toBe(
      'error: PORT is wrong.\nHOST is wrong.',
    );
  });

  it('reports an unavailable database', () => {
    const refused = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:5432'), { code: 'ECONNREFUSED' });
    expect(outcomeOf(refused)).toEqual({
      exitCode: 1,
      text: 'error: The database does not answer: connect ECONNREFUSED 127.0.0.1:5432',
    });
  });

  it('prints the stack trace of an unexpected error', () => {
    const { exitCode, text } = outcomeOf(new TypeError('undefined is not a function'));
    expect(exitCode).toBe(1);
    expect(text).toContain('exit-code.spec');
  });
});
