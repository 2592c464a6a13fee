import { builtDocument, differences } from '../support/openapi-document.js';
import type { OpenApiDocument, Schema } from '../support/openapi-document.js';

let document: OpenApiDocument;

beforeAll(() => {
  document = builtDocument();
});

describe('a schema of the API document', () => {
  const shapes = (): [string, Schema][] => Object.entries(document.components.schemas);
  const properties = (): [string, Schema][] =>
    shapes().flatMap(([name, { properties: own = {} }]) =>
      Object.entries(own).map(([field, schema]): [string, Schema] => [`${name}.${field}`, schema]),
    );
  const matchingProperties = (matches: (schema: Schema, name: string) => boolean): string[] =>
    properties()
      .filter(([name, schema]) => matches(schema, name))
      .map(([name]) => name);

  it('has typed fields in snake_case', () => {
    expect(shapes().filter(([, shape]) => shape.type !== 'object' || !shape.properties)).toEqual([]);
    expect(matchingProperties(({ type, $ref, oneOf, allOf }) => !type && !$ref && !oneOf && !allOf)).toEqual(
      [],
    );
    expect(matchingProperties(({ type, items }) => type === 'array' && !items?.type && !items?.$ref)).toEqual(
      [],
    );
    expect(matchingProperties((_, name) => !/\.[a-z][a-z0-9_]*$/.test(name))).toEqual([]);
  });

  it('is used and exists', () => {
    const used = new Set(JSON.stringify(document).match(/(?<="#\/components\/schemas\/)\w+/g));
    expect([...used].toSorted()).toEqual(
      shapes()
        .map(([name]) => name)
        .toSorted(),
    );
  });

  it('has amounts and rates as decimals: strings with two decimals in responses, strings or numbers in requests', () => {
    const isMoney =
      /\.(\w*amount\w*|(?!lines_)\w*_paid|outstanding_\w+|total_(due|interest|payable|payment|allocated|outstanding)|payment_applied|principal|weekly_principal|remaining_unallocated|total_interest_collected|\w+_rate)$/;
    const amounts = properties().filter(([name]) => isMoney.test(name));
    expect(amounts.length).toBeGreaterThan(40);
    const inRequests = amounts.filter(([name]) => /Dto\./.test(name));
    expect(inRequests.map(([, { oneOf }]) => oneOf?.map(({ type }) => type))).toEqual(
      inRequests.map(() => ['string', 'number']),
    );
    const inAnswers = amounts.filter(([name]) => !/Dto\./.test(name));
    expect(inAnswers.filter(([, { pattern }]) => !pattern?.endsWith('\\.\\d{2}$'))).toEqual([]);
  });

  it('allows negative decimals only if this test lists them', () => {
    const decimals = properties()
      .flatMap(([name, { oneOf = [], ...schema }]) => [schema, ...oneOf].map((kind) => ({ name, ...kind })))
      .filter(({ format }) => format === 'decimal');
    expect(decimals.length).toBeGreaterThan(40);
    const isSigned = ({ pattern }: Schema): boolean => !pattern?.startsWith('^\\d');
    expect(decimals.filter(isSigned).map(({ name }) => name)).toEqual([
      'StatementLineResponse.adjustment',
      'StatementRowResponse.adjustment',
      'StatementAmountsResponse.adjustment',
      'StatementMoneyResponse.amount',
      'StatementResponse.recovered',
      'StatementResponse.total_received',
      'StatementResponse.total_refunded',
      'VoidedPartResponse.amount',
      'LoanTransactionItem.amount',
      'LoanTransactionItem.recovered',
    ]);
  });

  it('has dates and instants with their formats', () => {
    const isDay =
      /\.(\w+_date|start_week|end_week|resume_week|week_start|week_end|\w*period_(start|end|from|to)|due_(from|to)|received_on)$/;
    expect(matchingProperties(({ format }, name) => isDay.test(name) && format !== 'date')).toEqual([]);
    const isInstant = /\.(?!received_on)\w+_(on|at)$/;
    expect(matchingProperties(({ format }, name) => isInstant.test(name) && format !== 'date-time')).toEqual(
      [],
    );
  });

  it('has valid examples', () => {
    const withExample = properties().filter(([, { example }]) => example !== undefined);
    expect(withExample.length).toBeGreaterThan(50);
    const wrong = withExample.flatMap(([name, schema]) =>
      differences(document, schema, schema.example, name),
    );
    expect(wrong).toEqual([]);
  });

  it.each([
    ['a loan preview', 'PreviewLoanDto', 'loan_amount start_week'],
    ['a new loan', 'CreateLoanDto', 'driver_id lease_id loan_amount start_week'],
    ['a loan edit', 'UpdateLoanDto', ''],
    ['a status change', 'ChangeLoanStatusDto', 'reason status'],
    ['a posting run', 'PostInstallmentsDto', ''],
    [
      'an obligation',
      'RecordObligationDto',
      'amount category driver_id lease_id payment_period_start reference_id reference_type',
    ],
    ['a payment', 'PayByHierarchyDto', 'amount driver_id payment_period_start source_id source_type'],
  ])('requires only the necessary fields of %s', (_, name, fields) => {
    expect((document.components.schemas[name]?.required ?? []).toSorted().join(' ')).toBe(fields);
  });

  /** The field names of docs/api-reference.md. A schema can have more. */
  it.each([
    [
      'LoanDetailResponse',
      `id loan_id loan_number driver_id lease_id loan_amount interest_rate purpose notes loan_date start_week end_week
       status total_principal_paid total_interest_paid outstanding_balance total_interest total_payable next_due_date
       approved_by approved_on closed_on closure_reason created_by created_on updated_on driver lease
       total_installments paid_installments pending_installments installments`,
    ],
    ['NamedDriverResponse', 'id tlc_license_number first_name last_name'],
    ['LoanLeaseResponse', 'id lease_number medallion_number vehicle_plate'],
    [
      'InstallmentResponse',
      `id installment_id loan_id installment_number due_date week_start week_end principal_amount interest_amount
       total_due principal_paid interest_paid outstanding_balance status ledger_balance_id posted_to_ledger posted_on
       posted_by interest_basis`,
    ],
    ['InterestBasisResponse', 'principal annual_rate days'],
    [
      'LoanPreviewResponse',
      `loan_amount interest_rate loan_date start_week end_week weekly_principal total_interest total_payable
       installments`,
    ],
    [
      'PostingResultResponse',
      `run_id success message dry_run period_start period_end installments_processed installments_posted
       total_amount_posted errors`,
    ],
    ['InstallmentErrorResponse', 'installment_id code message'],
    [
      'PostingDetailResponse',
      `posting_id driver_id lease_id vehicle_id medallion_id posting_type category amount source_type source_id
       payment_period_start payment_period_end status posted_at posted_by voided_by_posting_id reverses_posting_id
       voided_at void_reason description notes`,
    ],
    [
      'BalanceDetailResponse',
      `balance_id posting_id driver_id lease_id category reference_type reference_id original_amount payment_applied
       outstanding_balance payment_period_start payment_period_end due_date status description allocations`,
    ],
    ['AllocationResponse', 'allocation_id payment_posting_id amount_allocated allocation_type allocated_at'],
    ['ObligationResponse', 'dry_run posting balance'],
    ['PaymentResponse', 'dry_run posting total_payment total_allocated remaining_unallocated allocations'],
    [
      'PaymentAllocationResponse',
      'allocation_id balance_id category reference_id due_date amount_allocated outstanding_after',
    ],
    ['DriverResponse', 'id tlc_license_number first_name last_name phone email status'],
    [
      'LeaseResponse',
      `id lease_number driver_id medallion_id medallion_number vehicle_id vehicle_plate start_date end_date status
       driver`,
    ],
    ['UserNameResponse', 'id name'],
    ['Problem', 'type title status detail code request_id'],
  ])('always has the documented fields: %s', (name, fields) => {
    expect(document.components.schemas[name]?.required).toEqual(expect.arrayContaining(fields.split(/\s+/)));
  });
});
