import type { Schemas } from '../../../api/client';
import type { Act } from '../../../shared/changes';

type Item = Schemas['LoanHistoryItem'];

/** An act on the loan, or a step that it took by itself: its last payment closes it. */
export interface LoanEvent extends Act {
  readonly at: string;
  readonly by: number | null;
  /** By the code that the audit log keeps */
  readonly action: string;
  readonly reason: string | null;
}

/**
 * The history, newest first, each act once: the API tells of an act on the loan and, apart from it, of each status that the
 * loan went through by it.
 */
export function eventsOf(items: readonly Item[]): readonly LoanEvent[] {
  const steps = items.filter(({ kind }) => kind === 'STATUS');
  const acts = items.filter(({ kind }) => kind === 'AUDIT').reverse();
  const told = acts.map((act) => withSteps(act, takeSteps(steps, act)));
  return [...told, ...steps.reverse().map(byItself)].sort((one, other) => other.at.localeCompare(one.at));
}

/** Takes out the latest steps, up to the act, that lead from the status before it to the one after. */
function takeSteps(steps: Item[], { at, before, after }: Item): readonly Item[] {
  const [from, to] = [before?.['status'] ?? null, after?.['status']];
  const last = steps.findLastIndex((step) => step.to === to && step.at <= at);
  const first = steps.findLastIndex((step, place) => step.from === from && place <= last);
  return first === -1 ? [] : steps.splice(first, last - first + 1);
}

function withSteps(
  { at, by, action = '', before = null, after = null }: Item,
  steps: readonly Item[],
): LoanEvent {
  const reasons = steps.flatMap(({ reason }) => reason ?? []);
  return { at, by, action, before, after, reason: reasons.join('; ') || null };
}

function byItself({ at, by, from, to, reason }: Item): LoanEvent {
  return from === null
    ? { at, by, reason, action: 'loan.create', before: null, after: { status: to } }
    : { at, by, reason, action: 'loan.status', before: { status: from }, after: { status: to } };
}
