import { notifications } from '@mantine/notifications';

/** Says that something was done, in the corner and to screen readers. Refusals stand where they happened instead. */
export function announce(title: string, message: string): void {
  notifications.show({ title, message, autoClose: 6_000, withBorder: true });
}
