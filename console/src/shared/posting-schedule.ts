import { api } from '../api/client';

/** Today in the fleet's time zone, and the next scheduled posting run. */
export function usePostingSchedule() {
  return api.useQuery('get', '/api/v1/loans/posting-timetable', {}, { staleTime: 60_000 });
}

/** Today in the fleet's time zone, according to the service and not the browser. Undefined until it is loaded. */
export function useBusinessDate(): string | undefined {
  return usePostingSchedule().data?.today;
}
