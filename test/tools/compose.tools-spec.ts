import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const COMPOSE = path.resolve(import.meta.dirname, '../../docker-compose.yml');
const DCLINT = 'dclint@3.1.0';

/** Validates the file against the schema of the Compose Specification, without style rules. */
function validate(file: string): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync('npx', ['--yes', DCLINT, '--quiet', file], {
    encoding: 'utf8',
  });
  return { status, output: stdout + stderr };
}

describe('docker-compose.yml', () => {
  it('conforms to the Compose Specification', () => {
    expect(validate(COMPOSE)).toMatchObject({ status: 0 });
  });

  it('is rejected with a misspelt key', () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'driver-loans-compose-'));
    try {
      const file = path.join(folder, 'docker-compose.yml');
      writeFileSync(file, readFileSync(COMPOSE, 'utf8').replace('healthcheck:', 'healthcheque:'));
      const { status, output } = validate(file);
      expect(status).toBe(1);
      expect(output).toContain('invalid-schema');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
