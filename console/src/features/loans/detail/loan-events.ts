import type { Schemas } from '../../../api/client';
import type { RecordChange } from '../../../shared/audit/field-changes';

type Item = Schemas['LoanHistoryItem'];

/** An action on the loan, or an automatic status change: the last payment closes the loan. */
export interface LoanEvent extends RecordChange {
  readonly at: string;
  readonly by: number | null;
  /** The action code of the audit log */
  readonly action: string;
  readonly reason: string | null;
}

/**
 * The history, newest first, with each action once. The API lists an action and, separately, each status change that the action
 * caused.
 */
export function eventsOf(items: readonly Item[]): readonly LoanEvent[] {
  const statusChanges = items.filter(({ kind }) => kind === 'STATUS');
  const actions = items.filter(({ kind }) => kind === 'AUDIT').reverse();
  const actionEvents = actions.map((action) => actionEvent(action, removeCaused(statusChanges, action)));
  const automaticEvents = statusChanges.reverse().map(automaticEvent);
  return [...actionEvents, ...automaticEvents].sort((one, other) => other.at.localeCompare(one.at));
}

/** Removes and returns the latest status changes, up to the action, that lead from its old status to its new status. */
function removeCaused(statusChanges: Item[], { at, before, after }: Item): readonly Item[] {
  const [from, to] = [before?.['status'] ?? null, after?.['status']];
  const last = statusChanges.findLastIndex((change) => change.to === to && change.at <= at);
  const first = statusChanges.findLastIndex((change, index) => change.from === from && index <= last);
  return first === -1 ? [] : statusChanges.splice(first, last - first + 1);
}

function actionEvent(
  { at, by, action = '', before = null, after = null }: Item,
  statusChanges: readonly Item[],
): LoanEvent {
  const reasons = statusChanges.flatMap(({ reason }) => reason ?? []);
  return { at, by, action, before, after, reason: reasons.join('; ') || null };
}

function automaticEvent({ at, by, from, to, reason }: Item): LoanEvent {
  return from === null
    ? { at, by, reason, action: 'loan.create', before: null, after: { status: to } }
    : { at, by, reason, action: 'loan.status', before: { status: from }, after: { status: to } };
}
