import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { en } from './en';

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof en };
    returnNull: false;
  }
}

/** To add a language, add a folder next to en/ with the same keys and list it here. */
void i18next.use(initReactI18next).init({
  lng: 'en',
  resources: { en: { translation: en } },
  // React escapes
  interpolation: { escapeValue: false },
});
