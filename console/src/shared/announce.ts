import { notifications } from '@mantine/notifications';
import i18next from 'i18next';

/** Says that something was done, in the corner and to screen readers. Refusals stand where they happened instead. */
export function announce(title: string, message: string): void {
  notifications.show({ title, message, autoClose: 6_000, withBorder: true, closeButtonProps: closing() });
}

/** A refusal that has no place of its own: it stays until somebody has read it. */
export function announceRefusal(message: string): void {
  const title = i18next.t('write.refused');
  notifications.show({ title, message, color: 'red', autoClose: false, closeButtonProps: closing() });
}

const closing = () => ({ 'aria-label': i18next.t('write.close') });
