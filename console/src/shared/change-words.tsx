import { Text } from '@mantine/core';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Act, Change } from './changes';
import { changedEntries, changesBetween, tellingOf } from './changes';
import { formatDate, formatInstant, formatMoney, formatRate } from './format';
import { UserName } from './user-name';

/** As many as a row of a list has room for */
const TOLD = 3;

/** Which texts give the codes of a field their words */
const CODES: Readonly<Record<string, string>> = {
  status: 'status',
  category: 'category',
  roles: 'people.users.roleNames',
  kind: 'ledger.posting.kinds',
  payment_method: 'ledger.posting.methods',
  source_type: 'ledger.pay.kinds',
  allocation_type: 'ledger.balance.kinds',
  trigger: 'posting.run.triggers',
};

/** The codes of the API are not known to the compiler: one without a text stays as it is. */
export const wordFor = (t: TFunction, key: string, code: string): string =>
  t(key as 'acts.fields.id', { defaultValue: code });

/** What was done, by the code that the audit log keeps. */
export const actName = (t: TFunction, action: string): string => wordFor(t, `acts.actions.${action}`, action);

/** `posting.tlc_license_number` → "Posting: TLC license". */
export function fieldName(t: TFunction, path: readonly string[]): string {
  return path.map((name) => wordFor(t, `acts.fields.${name}`, inWords(name))).join(': ');
}

function inWords(name: string): string {
  const words = name.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The first of what changed, each in full. */
export function ChangesInShort({ act }: { readonly act: Act }): ReactNode {
  const { t } = useTranslation();
  const { told, left } = tellingOf(changesBetween(act), TOLD);
  return (
    <Text inherit span style={{ overflowWrap: 'anywhere' }}>
      {told.map((change, place) => (
        <span key={change.path.join('.')}>
          {place > 0 && ' · '}
          <span className="quiet">{fieldName(t, change.path.slice(-1))}</span>{' '}
          {act.before !== null && !isRecords(change.after) && (
            <>
              <ValueBefore change={change} />
              {' → '}
            </>
          )}
          <ValueAfter change={change} />
        </span>
      ))}
      {left > 0 && <span className="quiet"> {t('acts.more', { count: left })}</span>}
    </Text>
  );
}

export function ValueBefore({ change: { path, before } }: { readonly change: Change }): ReactNode {
  return <Value name={path.at(-1) ?? ''} value={before} />;
}

export function ValueAfter({ change: { path, before, after } }: { readonly change: Change }): ReactNode {
  const { t } = useTranslation();
  const value = <Value name={path.at(-1) ?? ''} value={after} />;
  const isListOfRecords = isRecords(before) && isRecords(after);
  if (!isListOfRecords) return value;
  return t('acts.lists.changed', {
    list: countOf(t, path.at(-1) ?? '', after),
    count: changedEntries(before, after),
  });
}

interface ValueProps {
  readonly name: string;
  readonly value: unknown;
}

/** One value of a field as the pages show such values. */
function Value({ name, value }: ValueProps): ReactNode {
  const { t } = useTranslation();
  if (isRecords(value)) return countOf(t, name, value);
  if (Array.isArray(value)) return value.map((code) => textOf(t, name, code)).join(', ') || '—';
  if (typeof value === 'number' && name.endsWith('_by')) return <UserName id={value} />;
  return textOf(t, name, value);
}

function textOf(t: TFunction, name: string, value: unknown): string {
  if (value === null || value === '') return '—';
  if (typeof value === 'boolean') return t(value ? 'acts.yes' : 'acts.no');
  if (typeof value !== 'string') return JSON.stringify(value);
  const codes = CODES[name];
  if (codes !== undefined) return wordFor(t, `${codes}.${value}`, value);
  if (name === 'interest_rate') return formatRate(value);
  if (/^-?\d+\.\d{2}$/.test(value)) return formatMoney(value);
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return formatDate(value);
  return /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(value) ? formatInstant(value) : value;
}

const isRecords = (value: unknown): value is readonly object[] =>
  Array.isArray(value) && typeof value[0] === 'object';

function countOf(t: TFunction, name: string, list: readonly object[]): string {
  const keys = [`acts.lists.${name}`, 'acts.lists.entries'];
  return t(keys as ['acts.lists.entries'], { count: list.length });
}
