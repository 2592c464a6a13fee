import { leaseDriverMismatch, LEDGER_ERRORS, sourceAlreadyPosted, sourceTypeReserved } from './errors.js';

describe('a ledger error', () => {
  it('names the source that is already posted and the field', () => {
    const sentence =
      'Bank transfer R-7 is already in the ledger. Use another number, or void the first posting.';
    expect(sourceAlreadyPosted('source_id', 'BANK_TRANSFER', 'R-7')).toMatchObject({
      code: 'SOURCE_ALREADY_POSTED',
      message: sentence,
      fields: [{ field: 'source_id', message: sentence }],
    });
    expect(LEDGER_ERRORS.SOURCE_ALREADY_POSTED).toBe('CONFLICT');
  });

  it('names the reserved type and the field', () => {
    const sentence = 'LOAN_INSTALLMENT is reserved. Choose another source_type.';
    expect(sourceTypeReserved('source_type', 'LOAN_INSTALLMENT')).toMatchObject({
      code: 'SOURCE_TYPE_RESERVED',
      message: sentence,
      fields: [{ field: 'source_type', message: sentence }],
    });
    expect(LEDGER_ERRORS.SOURCE_TYPE_RESERVED).toBe('INVALID_INPUT');
  });

  it('names the driver and the lease that do not match', () => {
    expect(leaseDriverMismatch(7, 8)).toMatchObject({
      code: 'LEASE_DRIVER_MISMATCH',
      message: 'Driver 7 has no lease 8.',
    });
  });
});
