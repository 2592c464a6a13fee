import { api } from '../api/client';

/** The service's clock: today in the fleet's time zone, and the next scheduled run. */
export function usePostingTimetable() {
  return api.useQuery('get', '/api/v1/loans/posting-timetable', {}, { staleTime: 60_000 });
}

/** Today by the service's clock, in the fleet's time zone: never the browser's. Undefined until it is known. */
export function useBusinessDate(): string | undefined {
  return usePostingTimetable().data?.today;
}
