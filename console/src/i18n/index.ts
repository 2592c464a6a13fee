import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { showTimesIn, timeZoneName } from '../shared/format';
import { en } from './en';

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof en };
    returnNull: false;
  }
}

/** Another language is another folder beside en/, of the same keys, added here. */
void i18next.use(initReactI18next).init({
  lng: 'en',
  resources: { en: { translation: en } },
  // React escapes
  interpolation: { escapeValue: false },
});

/** Shows instants by the clock of the fleet, and says whose time they are in. */
export function tellTimesIn(timeZone: string): void {
  showTimesIn(timeZone);
  i18next.addResource('en', 'translation', 'time.zone', timeZoneName(timeZone), { silent: true });
}
