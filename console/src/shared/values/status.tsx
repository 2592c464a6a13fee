import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { en } from '../../i18n/en';
import classes from './status.module.css';

export type StatusName = keyof typeof en.status;

type Tone = 'good' | 'warn' | 'bad' | 'quiet' | 'plain';

const TONES: Readonly<Record<StatusName, Tone>> = {
  DRAFT: 'plain',
  ACTIVE: 'good',
  ON_HOLD: 'warn',
  CLOSED: 'quiet',
  CANCELLED: 'quiet',
  SCHEDULED: 'plain',
  DUE: 'warn',
  POSTED: 'plain',
  PAID: 'good',
  SKIPPED: 'quiet',
  OPEN: 'plain',
  DISPUTED: 'warn',
  VOIDED: 'quiet',
  INACTIVE: 'quiet',
  SUSPENDED: 'warn',
  EXPIRED: 'quiet',
  TERMINATED: 'quiet',
  RUNNING: 'warn',
  COMPLETED: 'good',
  FAILED: 'bad',
  PENDING: 'warn',
  NOTHING_DUE: 'plain',
  REJECTED: 'bad',
  OVERDUE: 'bad',
  WRITTEN_OFF: 'quiet',
};

/** A status as a word. The coloured dot only repeats it. */
export function Status({ of }: { readonly of: StatusName }): ReactNode {
  const { t } = useTranslation();
  return (
    <span className={classes.status} data-tone={TONES[of]}>
      {t(`status.${of}`)}
    </span>
  );
}
