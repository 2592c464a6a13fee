import type { Permission } from '../../api/session';

export type ImportKind = 'drivers' | 'leases' | 'loans' | 'charges';

type Section = 'drivers' | 'leases' | 'loans' | 'ledger';

interface ImportColumn {
  readonly name: string;
  readonly example: string;
  /** Can be missing or blank; then an existing value does not change */
  readonly optional?: boolean;
}

interface ImportDefinition {
  readonly address: `/api/v1/${'drivers' | 'leases' | 'loans' | 'ledger/obligations'}/import`;
  /** The part of the console that lists the records */
  readonly section: Section;
  readonly permission: Permission;
  /** The default of the API: true for loans, because loans are money */
  readonly allOrNothing: boolean;
  readonly columns: readonly ImportColumn[];
}

/** The types of imports. The examples of the columns are the rows of the example file. */
export const IMPORTS: Readonly<Record<ImportKind, ImportDefinition>> = {
  drivers: {
    address: '/api/v1/drivers/import',
    section: 'drivers',
    permission: 'drivers:manage',
    allOrNothing: false,
    columns: [
      { name: 'tlc_license_number', example: '5123456' },
      { name: 'first_name', example: 'Amar' },
      { name: 'last_name', example: 'Singh' },
      { name: 'phone', example: '212 555 0142', optional: true },
      { name: 'email', example: 'amar.singh@example.com', optional: true },
      { name: 'status', example: 'ACTIVE', optional: true },
    ],
  },
  leases: {
    address: '/api/v1/leases/import',
    section: 'leases',
    permission: 'leases:manage',
    allOrNothing: false,
    columns: [
      { name: 'lease_number', example: 'L-2025-0101' },
      { name: 'tlc_license_number', example: '5123456' },
      { name: 'medallion_number', example: '1A23' },
      { name: 'vehicle_plate', example: 'T123456C' },
      { name: 'start_date', example: '2025-10-05' },
      { name: 'end_date', example: '2026-10-03', optional: true },
      { name: 'status', example: 'ACTIVE', optional: true },
    ],
  },
  loans: {
    address: '/api/v1/loans/import',
    section: 'loans',
    permission: 'loans:create',
    allOrNothing: true,
    columns: [
      { name: 'reference', example: '2025-001' },
      { name: 'tlc_license_number', example: '5123456' },
      { name: 'lease_number', example: 'L-2025-0101' },
      { name: 'loan_amount', example: '1500.00' },
      { name: 'start_week', example: '2025-11-02' },
      { name: 'interest_rate', example: '10.00', optional: true },
      { name: 'purpose', example: 'Transmission repair', optional: true },
      { name: 'notes', example: 'Agreed by telephone', optional: true },
    ],
  },
  charges: {
    address: '/api/v1/ledger/obligations/import',
    section: 'ledger',
    permission: 'ledger:post',
    allOrNothing: false,
    columns: [
      { name: 'tlc_license_number', example: '5123456' },
      { name: 'category', example: 'EZPASS' },
      { name: 'amount', example: '38.25' },
      { name: 'reference', example: 'EZ-2025-44-0013' },
      { name: 'lease_number', example: 'L-2025-0101', optional: true },
      { name: 'payment_period_start', example: '2025-11-02', optional: true },
      { name: 'due_date', example: '2025-11-08', optional: true },
      { name: 'description', example: 'Tolls of the week', optional: true },
    ],
  },
};
