import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '../page/problem-alert';
import { Dialog } from './dialog';
import { Field } from './form-errors';

interface Reason {
  readonly value: string;
  readonly onChange: (reason: string) => void;
  readonly isOptional?: boolean;
}

interface ConfirmDialogProps {
  readonly title: string;
  /** One sentence about the effect of the action */
  readonly text?: string;
  readonly onClose: () => void;
  readonly onConfirm: () => void;
  /** Names the action, with the amount or the name of the record */
  readonly confirmLabel: string;
  readonly isDangerous?: boolean;
  /** False while the preview loads or if the service rejects it */
  readonly canConfirm?: boolean;
  readonly isSending: boolean;
  readonly error?: unknown;
  /** After a 412: loads the current values */
  readonly onReload?: () => void;
  /** The reason that the API stores. Required unless it is optional */
  readonly reason?: Reason;
  readonly size?: string;
  /** Inputs, then the preview */
  readonly children?: ReactNode;
}

/** Confirms an action that cannot simply be undone: its preview, its reason, and a button that names it. */
export function ConfirmDialog(props: ConfirmDialogProps): ReactNode {
  const { t } = useTranslation();
  const { reason, isSending, error, canConfirm = true } = props;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    props.onConfirm();
  };
  return (
    <Dialog title={props.title} onClose={props.onClose} size={props.size ?? 'lg'}>
      <form onSubmit={submit}>
        <Stack gap="md">
          {props.text !== undefined && <Text size="sm">{props.text}</Text>}
          {props.children}
          {reason && <ReasonField reason={reason} />}
          {error !== null && error !== undefined && (
            <ProblemAlert error={error} onReload={props.onReload} onSendAgain={props.onConfirm} />
          )}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={props.onClose} disabled={isSending}>
              {t('write.cancel')}
            </Button>
            <Button
              type="submit"
              color={props.isDangerous ? 'red.8' : undefined}
              loading={isSending}
              disabled={!canConfirm || isMissing(reason)}
            >
              {props.confirmLabel}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

const isMissing = (reason: Reason | undefined): boolean =>
  reason !== undefined && !reason.isOptional && reason.value.trim() === '';

function ReasonField({ reason }: { readonly reason: Reason }): ReactNode {
  const { t } = useTranslation();
  return (
    <Field of="reason">
      <Textarea
        data-autofocus
        label={t(reason.isOptional ? 'write.reasonOptional' : 'write.reason')}
        description={t('write.reasonHint')}
        required={!reason.isOptional}
        autosize
        minRows={2}
        maxLength={255}
        value={reason.value}
        onChange={(event) => reason.onChange(event.currentTarget.value)}
      />
    </Field>
  );
}
