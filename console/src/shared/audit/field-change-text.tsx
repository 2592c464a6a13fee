import { Text } from '@mantine/core';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { FieldChange, RecordChange } from './field-changes';
import { changedEntries, changesBetween, summarize } from './field-changes';
import { formatDate, formatInstant, formatDollars, formatRate } from '../format';
import { UserName } from '../values/user-name';

/** The number of changes that fit into a row of a list */
const MAX_IN_SUMMARY = 3;

/** The group of texts that holds the labels of a field's codes */
const LABEL_GROUPS: Readonly<Record<string, string>> = {
  status: 'status',
  category: 'category',
  roles: 'users.roleNames',
  kind: 'ledger.posting.kinds',
  payment_method: 'ledger.posting.methods',
  source_type: 'ledger.pay.kinds',
  allocation_type: 'ledger.balance.kinds',
  trigger: 'posting.run.triggers',
};

/** The compiler does not know the codes of the API. A code without a label is shown as it is. */
export const labelFor = (t: TFunction, key: string, code: string): string =>
  t(key as 'audit.fields.id', { defaultValue: code });

/** @param action the action code of an audit entry */
export const auditActionLabel = (t: TFunction, action: string): string =>
  labelFor(t, `audit.actions.${action}`, action);

/** `posting.tlc_license_number` → "Posting: TLC license". */
export function fieldName(t: TFunction, path: readonly string[]): string {
  return path.map((name) => labelFor(t, `audit.fields.${name}`, toWords(name))).join(': ');
}

function toWords(name: string): string {
  const words = name.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The most important changes in one line. Of a new record they are its main fields, not a count of all the others. */
export function ChangeSummary({ change: record }: { readonly change: RecordChange }): ReactNode {
  const { t } = useTranslation();
  const { shown, hiddenCount } = summarize(changesBetween(record), MAX_IN_SUMMARY);
  return (
    <Text inherit span style={{ overflowWrap: 'anywhere' }}>
      {shown.map((change, index) => (
        <span key={change.path.join('.')}>
          {index > 0 && ' · '}
          <span className="quiet">{fieldName(t, change.path.slice(-1))}</span>{' '}
          {record.before !== null && !isRecords(change.after) && (
            <>
              <ValueBefore change={change} />
              {' → '}
            </>
          )}
          <ValueAfter change={change} />
        </span>
      ))}
      {record.before !== null && hiddenCount > 0 && (
        <span className="quiet"> {t('audit.more', { count: hiddenCount })}</span>
      )}
    </Text>
  );
}

export function ValueBefore({ change: { path, before } }: { readonly change: FieldChange }): ReactNode {
  return <Value name={path.at(-1) ?? ''} value={before} />;
}

export function ValueAfter({ change: { path, before, after } }: { readonly change: FieldChange }): ReactNode {
  const { t } = useTranslation();
  const value = <Value name={path.at(-1) ?? ''} value={after} />;
  const isListOfRecords = isRecords(before) && isRecords(after);
  if (!isListOfRecords) return value;
  return t('audit.lists.changed', {
    list: countOf(t, path.at(-1) ?? '', after),
    count: changedEntries(before, after),
  });
}

interface ValueProps {
  readonly name: string;
  readonly value: unknown;
}

/** A value in the format in which the pages show values of this field. */
function Value({ name, value }: ValueProps): ReactNode {
  const { t } = useTranslation();
  if (isRecords(value)) return countOf(t, name, value);
  if (Array.isArray(value)) return value.map((code) => textOf(t, name, code)).join(', ') || '—';
  if (typeof value === 'number' && name.endsWith('_by')) return <UserName id={value} />;
  return textOf(t, name, value);
}

function textOf(t: TFunction, name: string, value: unknown): string {
  if (value === null || value === '') return '—';
  if (typeof value === 'boolean') return t(value ? 'audit.yes' : 'audit.no');
  if (typeof value !== 'string') return JSON.stringify(value);
  const group = LABEL_GROUPS[name];
  if (group !== undefined) return labelFor(t, `${group}.${value}`, value);
  return name === 'interest_rate' ? formatRate(value) : formatByPattern(value);
}

/** Amounts, dates and instants are strings in the API. */
function formatByPattern(value: string): string {
  if (/^-?\d+\.\d{2}$/.test(value)) return formatDollars(value);
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return formatDate(value);
  return /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(value) ? formatInstant(value) : value;
}

const isRecords = (value: unknown): value is readonly object[] =>
  Array.isArray(value) && typeof value[0] === 'object';

function countOf(t: TFunction, name: string, list: readonly object[]): string {
  const keys = [`audit.lists.${name}`, 'audit.lists.entries'];
  return t(keys as ['audit.lists.entries'], { count: list.length });
}
