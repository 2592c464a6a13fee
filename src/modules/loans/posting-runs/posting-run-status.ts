import { codesOf } from '../../../kernel/codes/labels.js';

export const RUN_STATUS_LABELS = { RUNNING: 'Running', COMPLETED: 'Completed', FAILED: 'Failed' } as const;

export type RunStatus = keyof typeof RUN_STATUS_LABELS;

export const RUN_STATUSES = codesOf(RUN_STATUS_LABELS);

/** What started the run: the schedule, a person, or the command line. */
export const RUN_TRIGGER_LABELS = { CRON: 'Schedule', API: 'User', CLI: 'Command line' } as const;

export type PostingTrigger = keyof typeof RUN_TRIGGER_LABELS;

export const RUN_TRIGGERS = codesOf(RUN_TRIGGER_LABELS);
