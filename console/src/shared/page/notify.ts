import { notifications } from '@mantine/notifications';
import i18next from 'i18next';
import type { ReactNode } from 'react';

const SHOWN_MS = 6_000;
/** Long enough to read the message and reach a link in it */
const WITH_LINKS_SHOWN_MS = 20_000;

/** Shows a message in the corner of the screen and to screen readers. An error is shown where it occurred instead. */
export function notify(title: string, message: ReactNode): void {
  const autoClose = typeof message === 'string' ? SHOWN_MS : WITH_LINKS_SHOWN_MS;
  notifications.show({ title, message, autoClose, withBorder: true, closeButtonProps: closeButton() });
}

/** For an error without a place on the page. It remains until the user closes it. */
export function notifyError(message: string): void {
  const title = i18next.t('write.refused');
  notifications.show({ title, message, color: 'red', autoClose: false, closeButtonProps: closeButton() });
}

/** For a link in a message: the message must not cover the page to which it leads. */
export const closeNotifications = (): void => notifications.clean();

const closeButton = () => ({ 'aria-label': i18next.t('write.close') });
