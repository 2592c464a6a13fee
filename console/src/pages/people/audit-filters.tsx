import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ChoiceFilter, DateRangeFilter, TextFilter } from '../../shared/filters';
import type { ListState } from '../../shared/list-state';
import { UserFilter } from '../../shared/user-filter';

export const AUDIT_FILTERS = ['record_type', 'record_id', 'action', 'actor_id', 'from', 'to'] as const;

interface AuditFiltersProps {
  readonly state: ListState<(typeof AUDIT_FILTERS)[number]>;
}

export function AuditFilters({ state }: AuditFiltersProps): ReactNode {
  const { t } = useTranslation();
  const actions = Object.entries(t('acts.actions', { returnObjects: true })).flatMap(([kind, names]) =>
    Object.entries(names).map(([act, label]) => ({ value: `${kind}.${act}`, label })),
  );
  const records = Object.entries(t('acts.records', { returnObjects: true }));
  return (
    <>
      <ChoiceFilter
        state={state}
        name="record_type"
        label={t('people.audit.recordType')}
        options={records.map(([value, label]) => ({ value, label }))}
      />
      <TextFilter state={state} name="record_id" label={t('people.audit.recordId')} />
      <ChoiceFilter state={state} name="action" label={t('people.audit.action')} options={actions} />
      <UserFilter state={state} name="actor_id" label={t('acts.who')} />
      <DateRangeFilter state={state} names={['from', 'to']} labels={[t('list.from'), t('list.to')]} />
    </>
  );
}
