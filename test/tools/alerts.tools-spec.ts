import { spawnSync } from 'node:child_process';
import path from 'node:path';

const FOLDER = path.resolve(__dirname, '../../ops/prometheus');

/** The output and exit code of promtool for our files. */
function promtool(...args: string[]): { exitCode: number | null; output: string } {
  const { status, stdout, stderr, error } = spawnSync('promtool', args, { cwd: FOLDER, encoding: 'utf8' });
  if (error) throw error;
  return { exitCode: status, output: stdout + stderr };
}

describe('the Prometheus rules', () => {
  it.each([
    ['have a valid configuration', ['check', 'config', '--syntax-only', 'prometheus.yml']],
    ['are all valid', ['check', 'rules', 'alerts.yml']],
    ['have alerts that fire when they should and only then', ['test', 'rules', 'alerts.test.yml']],
  ])('%s', (_, args) => {
    const { exitCode, output } = promtool(...args);
    expect(output).not.toMatch(/FAILED/);
    expect(output).toMatch(/SUCCESS/);
    expect(exitCode).toBe(0);
  });
});
