import { api } from '../api/client';

/** Today by the service's clock, in the fleet's time zone: never the browser's. Undefined until it is known. */
export function useBusinessDate(): string | undefined {
  const forecast = api.useQuery(
    'get',
    '/api/v1/loans/reports/forecast',
    { params: { query: { weeks: 1 } } },
    { staleTime: 60_000 },
  );
  return forecast.data?.as_of;
}
