import { keepPreviousData } from '@tanstack/react-query';
import { api } from '../../api/client';
import { usePermission } from '../../api/session';
import { driverName } from '../../shared/values/driver';
import { formatDollars } from '../../shared/format';

export interface SearchHit {
  readonly kind: 'loans' | 'drivers' | 'leases';
  readonly to: string;
  readonly title: string;
  readonly note: string;
}

const HITS_PER_KIND = 5;

interface SearchHits {
  readonly hits: readonly SearchHit[];
  /** Whether the hits belong to `q`; otherwise they belong to the previous search */
  readonly isAnswered: boolean;
  /** Whether a list could not be searched, so that hits may be missing */
  readonly hasFailed: boolean;
}

/** The matching drivers, loans and leases. Searches only the lists that the user may see. */
export function useSearchHits(q: string): SearchHits {
  const isLongEnough = q.length >= 2;
  const options = { placeholderData: keepPreviousData };
  const query = { q, page_size: HITS_PER_KIND };
  const enabledIf = (isAllowed: boolean) => ({ ...options, enabled: isLongEnough && isAllowed });
  const drivers = api.useQuery(
    'get',
    '/api/v1/drivers',
    { params: { query } },
    enabledIf(usePermission('drivers:view')),
  );
  const loans = api.useQuery(
    'get',
    '/api/v1/loans',
    { params: { query } },
    enabledIf(usePermission('loans:view')),
  );
  const leases = api.useQuery(
    'get',
    '/api/v1/leases',
    { params: { query } },
    enabledIf(usePermission('leases:view')),
  );
  if (!isLongEnough) return { hits: [], isAnswered: true, hasFailed: false };
  const hits: SearchHit[] = [
    ...(drivers.data?.items ?? []).map((driver) => ({
      kind: 'drivers' as const,
      to: `/drivers/${driver.id}`,
      title: driverName(driver),
      note: `TLC ${driver.tlc_license_number}`,
    })),
    ...(loans.data?.items ?? []).map((loan) => ({
      kind: 'loans' as const,
      to: `/loans/${loan.loan_id}`,
      title: loan.loan_id,
      note: `${driverName(loan.driver)} · ${formatDollars(loan.outstanding_balance)}`,
    })),
    ...(leases.data?.items ?? []).map((lease) => ({
      kind: 'leases' as const,
      to: `/leases/${lease.id}`,
      title: lease.lease_number,
      note: `${lease.medallion_number} · ${lease.vehicle_plate}`,
    })),
  ];
  const isAnswered = [drivers, loans, leases].every(
    ({ isLoading, isPlaceholderData }) => !isLoading && !isPlaceholderData,
  );
  const hasFailed = [drivers, loans, leases].some(({ isError }) => isError);
  return { hits, isAnswered, hasFailed };
}
