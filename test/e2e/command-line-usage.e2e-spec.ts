import { execFile } from 'node:child_process';
import path from 'node:path';
import { runCommand } from '../support/command-line.js';

const ROOT = path.resolve(import.meta.dirname, '../..');
// a command that is not called as its help says never opens the database
const NO_SERVER = 'postgres://nobody@127.0.0.1:1/nothing';

interface Run {
  readonly exitCode: number;
  readonly stderr: string;
}

/** Runs a program of the PATH in the folder of the project. */
function runProgram(program: string, ...args: string[]): Promise<Run> {
  return new Promise((resolve) => {
    const env = { ...process.env, DATABASE_URL: NO_SERVER };
    const child = execFile(program, args, { cwd: ROOT, env }, (_error, _stdout, stderr) => {
      resolve({ exitCode: child.exitCode ?? -1, stderr });
    });
  });
}

describe('a command that is not called as its help says', () => {
  it.each([
    ['post-week', 'dry-run'],
    ['post-week', 'DL-2025-0039', '--dry-run'],
    ['ledger:verify', '7:000'],
    ['migrate', 'now'],
    ['import:drivers', 'a.csv', 'b.csv'],
    ['seed', '--drivers', '1', '--loans', '1', '5'],
    ['user:create', '--email', 'a@example.com', '--name', 'Ann', 'Lee', '--role', 'FINANCE'],
  ])('is refused with exit code 2 for an argument too many: %s %s', async (...args) => {
    const { exitCode, stdout, stderr } = await runCommand(NO_SERVER, args);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(/^error: too many arguments for '/);
  });

  it('is refused where npm kept a flag for itself, and says how to call it', async () => {
    const { exitCode, stderr } = await runProgram('npm', 'run', '--silent', 'cli', 'post-week', '--dry-run');
    expect(exitCode).toBe(2);
    expect(stderr).toContain(
      'error: npm kept --dry-run for itself, so nothing was done. Write "--" after "cli": ' +
        'npm run cli -- post-week --dry-run …\n',
    );
  });

  it('is refused in the same way where npx calls it', async () => {
    const { exitCode, stderr } = await runProgram('npx', '--no', 'driver-loans', 'post-week', 'dry-run');
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr: "error: too many arguments for 'post-week'. Expected 0 arguments but got 1.\n",
    });
  });
});
