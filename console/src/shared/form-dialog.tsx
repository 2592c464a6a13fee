import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from './problem-alert';

interface FormDialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly onSubmit: () => void;
  readonly submitLabel: string;
  readonly canSubmit?: boolean;
  readonly isSending: boolean;
  readonly error: unknown;
  /** Fields whose refusals stand beside their inputs */
  readonly shownFields?: readonly string[];
  readonly children: ReactNode;
}

/** A small form over the page: what it says goes to the service at once, and refusals stand above its buttons. */
export function FormDialog(props: FormDialogProps): ReactNode {
  const { t } = useTranslation();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    props.onSubmit();
  };
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={<Text fw={650}>{props.title}</Text>}
      closeButtonProps={{ 'aria-label': t('write.close') }}
    >
      <form onSubmit={submit}>
        <Stack gap="sm">
          {props.children}
          {props.error !== null && <ProblemAlert error={props.error} shownFields={props.shownFields} />}
          <Group justify="flex-end" gap="xs" mt="sm">
            <Button variant="default" onClick={props.onClose}>
              {t('write.cancel')}
            </Button>
            <Button type="submit" loading={props.isSending} disabled={props.canSubmit === false}>
              {props.submitLabel}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
