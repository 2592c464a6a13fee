import i18next from 'i18next';
import { setTimeZone, timeZoneName } from './format';

/** Shows instants in the time zone of the service, with its name. */
export function showTimeZone(timeZone: string): void {
  setTimeZone(timeZone);
  i18next.addResource('en', 'translation', 'time.zone', timeZoneName(timeZone), { silent: true });
}
