import type { CheckedTable } from '../../../platform/integrity/integrity-checks.js';
import { sealedStates } from '../../../platform/integrity/sealed-states.js';
import { sealedRows } from '../../../platform/integrity/sealed-table.js';

/** What is sealed of loans: their terms, their installments' terms, their changes of status and their waivers. */
export const SEALED_LOANS: readonly CheckedTable[] = [
  ...sealedStates({
    table: 'driver_loans',
    kind: 'LOAN',
    record: 'loan_id',
    state: `'loan_id', line.loan_id, 'driver_id', line.driver_id, 'lease_id', line.lease_id,
      'loan_amount', line.loan_amount::text, 'interest_rate', line.interest_rate::text,
      'loan_date', line.loan_date, 'created_by', line.created_by`,
    audited: { recordType: 'loan', recordId: 'recorded.record' },
    isCreationAudited: false,
  }),
  ...sealedStates({
    table: 'loan_schedules',
    kind: 'INSTALLMENT',
    record: 'installment_id',
    state: `'installment_id', line.installment_id, 'loan_id', line.loan_id, 'due_date', line.due_date,
      'principal_amount', line.principal_amount::text, 'interest_amount', line.interest_amount::text,
      'interest_principal', line.interest_principal::text, 'interest_rate', line.interest_rate::text,
      'interest_from', line.interest_from, 'interest_to', line.interest_to,
      'interest_carried', line.interest_carried::text`,
    audited: { recordType: 'loan', recordId: `recorded.state ->> 'loan_id'` },
    isCreationAudited: false,
  }),
  sealedRows({
    table: 'loan_status_changes',
    checked: 'status_changes',
    kind: 'STATUS_CHANGE',
    publicId: 'id',
    columns: {
      id: 'int8',
      loan_id: 'text',
      from_status: 'text',
      to_status: 'text',
      reason: 'utf8',
      changed_by: 'int4',
      changed_at: 'timestamptz',
    },
  }),
  sealedRows({
    table: 'loan_interest_waivers',
    checked: 'interest_waivers',
    kind: 'INTEREST_WAIVER',
    publicId: 'id',
    columns: {
      id: 'int8',
      loan_id: 'text',
      interest_from: 'date',
      interest_to: 'date',
      amount: 'numeric',
      reason: 'utf8',
      waived_by: 'int4',
      waived_at: 'timestamptz',
    },
  }),
];
