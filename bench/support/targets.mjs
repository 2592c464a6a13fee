import os from 'node:os';

export const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

export const loadNow = () => `load ${os.loadavg()[0].toFixed(1)} on ${os.cpus().length} CPUs`;

/**
 * One measured target. `ratio` is what was measured, `target` its limit, such as '<= 0.65' or '>= 1.5'.
 *
 * @param facts how many `rounds` were measured, and further `details` for the line
 */
export function measured(name, ratio, target, { rounds, details }) {
  const [, relation, limit] = /^(<=|>=) ([\d.]+)$/.exec(target) ?? [];
  if (relation === undefined) throw new Error(`'${target}' is not a target, such as '<= 0.65' or '>= 1.5'`);
  const holds = relation === '<=' ? ratio <= Number(limit) : ratio >= Number(limit);
  return { name, ratio, target, holds, rounds, details };
}

/** A target that this run cannot measure, with the reason. */
export const skipped = (name, target, reason) => ({ name, target, skipped: reason });

export const NEEDS_BASELINE =
  'needs --baseline DIR, a built checkout of release 0.1 (git worktree add DIR 0361eb1)';

/**
 * Runs rivals in alternating order, so that a machine that gets warmer or busier treats them alike.
 *
 * @param rivals functions by name; each returns what it needed: milliseconds, or another number
 */
export async function alternate(rounds, rivals) {
  const times = Object.fromEntries(Object.keys(rivals).map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    const order = Object.entries(rivals);
    if (round % 2 === 1) order.reverse();
    for (const [name, run] of order) times[name].push(await run());
  }
  return {
    rounds,
    medianOf: (name) => median(times[name]),
    /** The median of the ratios of single rounds: runs of the same minutes are compared. */
    ratio: (one, other) => median(times[one].map((time, round) => time / times[other][round])),
    ratioOfMedians: (one, other) => median(times[one]) / median(times[other]),
  };
}
