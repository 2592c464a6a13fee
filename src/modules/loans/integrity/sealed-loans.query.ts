import { rowsAreAudited } from '../../../platform/integrity/audited-rows.js';
import type { IntegrityCheck } from '../../../platform/integrity/integrity-checks.js';
import { sealedStates } from '../../../platform/integrity/sealed-states.js';
import { sealedRows } from '../../../platform/integrity/sealed-table.js';

/** The sealed data of loans: the terms of loans and installments, and the records that never change. */
export const SEALED_LOANS: readonly IntegrityCheck[] = [
  ...sealedStates({
    table: 'driver_loans',
    kind: 'LOAN',
    record: 'loan_id',
    state: `'loan_id', line.loan_id, 'driver_id', line.driver_id, 'lease_id', line.lease_id,
      'loan_amount', line.loan_amount::text, 'interest_rate', line.interest_rate::text,
      'loan_date', line.loan_date, 'created_by', line.created_by, 'purpose', line.purpose, 'notes', line.notes`,
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
      transaction_id: 'int8',
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
      transaction_id: 'int8',
    },
  }),
  sealedRows({
    table: 'loan_schedule_versions',
    checked: 'schedule_versions',
    kind: 'SCHEDULE_VERSION',
    publicId: 'id',
    columns: {
      id: 'int8',
      loan_id: 'text',
      version: 'int4',
      act: 'text',
      reason: 'utf8',
      made_by: 'int4',
      made_at: 'timestamptz',
      outstanding_principal: 'numeric',
      waived_interest: 'numeric',
      installments: 'utf8',
    },
    weight: '10 + pg_column_size(installments) / 20',
  }),
  sealedRows({
    table: 'loan_payoffs',
    checked: 'payoffs',
    kind: 'PAYOFF',
    publicId: 'id',
    columns: {
      id: 'int8',
      loan_id: 'text',
      schedule_version: 'int4',
      installment_id: 'text',
      replaced_numbers: 'utf8',
      loan_status: 'text',
      interest_accrued_through: 'date',
      payment_posting_id: 'text',
    },
  }),
  sealedRows({
    table: 'loan_recoveries',
    checked: 'recoveries',
    kind: 'RECOVERY',
    publicId: 'posting_id',
    columns: { id: 'int8', posting_id: 'text', loan_id: 'text', amount: 'numeric' },
  }),
  {
    checked: null,
    records: 'loan_status_changes',
    key: 'id',
    checks: [
      rowsAreAudited({
        table: 'loan_status_changes',
        kind: 'STATUS_CHANGE',
        recordType: 'loan',
        recordId: 'loan_id',
        // changes without a user: loans created by commands of the service, and loans closed or reopened by payments
        exceptWhere: `line.changed_by IS NULL AND (line.from_status IS NULL OR 'CLOSED' IN (line.from_status, line.to_status))`,
      }),
    ],
  },
  {
    checked: null,
    records: 'loan_interest_waivers',
    key: 'id',
    checks: [
      rowsAreAudited({
        table: 'loan_interest_waivers',
        kind: 'INTEREST_WAIVER',
        recordType: 'loan',
        recordId: 'loan_id',
      }),
    ],
  },
];
