import { spawnSync } from 'node:child_process';
import path from 'node:path';

const FOLDER = path.resolve(__dirname, '../../ops/prometheus');

/** What promtool says of our files, with its exit code. */
function promtool(...args: string[]): { exitCode: number | null; said: string } {
  const { status, stdout, stderr, error } = spawnSync('promtool', args, { cwd: FOLDER, encoding: 'utf8' });
  if (error) throw error;
  return { exitCode: status, said: stdout + stderr };
}

describe('the rules of Prometheus', () => {
  it.each([
    ['the configuration can be read', ['check', 'config', '--syntax-only', 'prometheus.yml']],
    ['every rule can be read', ['check', 'rules', 'alerts.yml']],
    ['every alert fires when it should, and then only', ['test', 'rules', 'alerts.test.yml']],
  ])('%s', (_, args) => {
    const { exitCode, said } = promtool(...args);
    expect(said).not.toMatch(/FAILED/);
    expect(said).toMatch(/SUCCESS/);
    expect(exitCode).toBe(0);
  });
});
