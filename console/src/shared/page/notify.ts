import { notifications } from '@mantine/notifications';
import i18next from 'i18next';

/** Shows a message in the corner of the screen and to screen readers. An error is shown where it occurred instead. */
export function notify(title: string, message: string): void {
  notifications.show({ title, message, autoClose: 6_000, withBorder: true, closeButtonProps: closeButton() });
}

/** For an error without a place on the page. It remains until the user closes it. */
export function notifyError(message: string): void {
  const title = i18next.t('write.refused');
  notifications.show({ title, message, color: 'red', autoClose: false, closeButtonProps: closeButton() });
}

const closeButton = () => ({ 'aria-label': i18next.t('write.close') });
