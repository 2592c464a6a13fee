import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { runCommand } from '../support/command-line.js';

const ROOT = path.resolve(import.meta.dirname, '../..');
// a command with wrong arguments never opens the database
const NO_SERVER = 'postgres://unknown@127.0.0.1:1/nothing';

interface Run {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program from the PATH in the root folder. */
function runProgram(program: string, ...args: string[]): Promise<Run> {
  return new Promise((resolve) => {
    const env = { ...process.env, DATABASE_URL: NO_SERVER };
    const child = execFile(program, args, { cwd: ROOT, env }, (_error, stdout, stderr) => {
      resolve({ exitCode: child.exitCode ?? -1, stdout, stderr });
    });
  });
}

describe('a command with wrong arguments', () => {
  it.each([
    ['post-week', 'dry-run'],
    ['post-week', 'DL-2025-0039', '--dry-run'],
    ['ledger:verify', '7:000'],
    ['migrate', 'now'],
    ['import:drivers', 'a.csv', 'b.csv'],
    ['seed', '--drivers', '1', '--loans', '1', '5'],
    ['user:create', '--email', 'a@example.com', '--name', 'Ann', 'Lee', '--role', 'FINANCE'],
  ])('exits with code 2 for a surplus argument: %s %s', async (...args) => {
    const { exitCode, stdout, stderr } = await runCommand(NO_SERVER, args);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(/^error: too many arguments for '/);
  });

  it('exits with code 2 when npm consumed a flag, and explains the right call', async () => {
    const { exitCode, stderr } = await runProgram('npm', 'run', '--silent', 'cli', 'post-week', '--dry-run');
    expect(exitCode).toBe(2);
    expect(stderr).toContain(
      'error: npm consumed --dry-run, so nothing was done. Write "--" after "cli": ' +
        'npm run cli -- post-week --dry-run …\n',
    );
  });

  it('exits with code 2 when npx calls it', async () => {
    const { exitCode, stderr } = await runProgram('npx', '--no', 'driver-loans', 'post-week', 'dry-run');
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr: "error: too many arguments for 'post-week'. Expected 0 arguments but got 1.\n",
    });
  });
});

it('driver-loans --version prints the version of package.json', async () => {
  const { version } = JSON.parse(await readFile(path.join(ROOT, 'package.json'), 'utf8')) as {
    version: string;
  };
  expect(await runProgram('npx', '--no', '--', 'driver-loans', '--version')).toEqual({
    exitCode: 0,
    stdout: `${version}\n`,
    stderr: '',
  });
});

it.each([[['--', '--port', '4000']], [['--port=4000']]])(
  'npm start %j starts nothing and explains the right call',
  async (args) => {
    const { exitCode, stdout, stderr } = await runProgram('npm', 'start', '--silent', ...args);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toContain('Start it like this: PORT=4000 npm start\n');
  },
);
