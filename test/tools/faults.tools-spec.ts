import { spawnSync } from 'node:child_process';

const ROUNDS = 2;

it('everything is recorded exactly once, although replicas, connections and the database server are killed', () => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['bench/faults.mjs', String(ROUNDS), '--drivers', '1000'],
    { encoding: 'utf8' },
  );
  expect({ status, stdout, stderr }).toMatchObject({ status: 0 });
  expect(stdout).toContain(`${ROUNDS} of ${ROUNDS} rounds right`);
});
