import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ChoiceFilter, DateRangeFilter, TextFilter } from '../../shared/lists/filters';
import type { ListState } from '../../shared/lists/list-state';
import { UserFilter } from '../../shared/lists/user-filter';

export const AUDIT_FILTERS = ['record_type', 'record_id', 'action', 'actor_id', 'from', 'to'] as const;

interface AuditFiltersProps {
  readonly state: ListState<(typeof AUDIT_FILTERS)[number]>;
}

export function AuditFilters({ state }: AuditFiltersProps): ReactNode {
  const { t } = useTranslation();
  const actions = Object.entries(t('audit.actions', { returnObjects: true })).flatMap(([record, names]) =>
    Object.entries(names).map(([verb, label]) => ({ value: `${record}.${verb}`, label })),
  );
  const records = Object.entries(t('audit.records', { returnObjects: true }));
  return (
    <>
      <ChoiceFilter
        state={state}
        name="record_type"
        label={t('audit.recordType')}
        options={records.map(([value, label]) => ({ value, label }))}
      />
      <TextFilter state={state} name="record_id" label={t('audit.recordId')} />
      <ChoiceFilter state={state} name="action" label={t('audit.action')} options={actions} />
      <UserFilter state={state} name="actor_id" label={t('audit.who')} />
      <DateRangeFilter state={state} names={['from', 'to']} labels={[t('list.from'), t('list.to')]} />
    </>
  );
}
