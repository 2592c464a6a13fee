import { Button, Group, Stack } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from './dialog';
import { ProblemAlert } from '../page/problem-alert';

interface FormDialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly onSubmit: () => void;
  readonly submitLabel: string;
  readonly canSubmit?: boolean;
  readonly isSending: boolean;
  readonly error: unknown;
  /** After a 412: loads the current values */
  readonly onReload?: () => void;
  readonly children: ReactNode;
}

/** A small form over the page, without a preview. Errors are shown above its buttons. */
export function FormDialog(props: FormDialogProps): ReactNode {
  const { t } = useTranslation();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    props.onSubmit();
  };
  return (
    <Dialog title={props.title} onClose={props.onClose}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          {props.children}
          {props.error !== null && (
            <ProblemAlert error={props.error} onReload={props.onReload} onSendAgain={props.onSubmit} />
          )}
          <Group justify="flex-end" gap="xs" mt="sm">
            <Button variant="default" onClick={props.onClose} disabled={props.isSending}>
              {t('write.cancel')}
            </Button>
            <Button type="submit" loading={props.isSending} disabled={props.canSubmit === false}>
              {props.submitLabel}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
