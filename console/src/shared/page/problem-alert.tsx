import { Alert, Button, Group, List, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiProblem } from '../../api/problem';
import { asProblem, FILE_UNREADABLE, NO_ANSWER, PREVIEW_CHANGED, WRITE_UNANSWERED } from '../../api/problem';
import { useFormErrors } from '../forms/form-errors';

interface ProblemAlertProps {
  readonly error: unknown;
  readonly title?: string;
  /** Sends the query again */
  readonly onRetry?: () => void;
  /** After a 412: loads the current values */
  readonly onReload?: () => void;
  /** Fields whose errors the page shows elsewhere */
  readonly shownFields?: readonly string[];
  /** Sends a write again that had no answer */
  readonly onSendAgain?: () => void;
}

/**
 * An error with the message of the API and the request id for support. Screen readers announce it at once. An error of a field
 * of the form is shown next to the field.
 */
export function ProblemAlert({ error, ...props }: ProblemAlertProps): ReactNode {
  const { t } = useTranslation();
  const problem = useMemo(() => asProblem(error), [error]);
  const { summary, listed } = useMessages(problem, props.shownFields);
  const retry = retryOf(problem, props);
  return (
    <Alert
      role="alert"
      variant="outline"
      color="red"
      icon={<IconAlertTriangle size={20} />}
      title={
        summary === null && !isStale(problem) ? t('write.checkFields') : titleOf(problem, props.title, t)
      }
      styles={{
        root: { background: 'var(--console-bad-soft)', borderColor: 'var(--console-bad)' },
        title: { color: 'var(--console-bad)' },
        icon: { color: 'var(--console-bad)' },
        message: { color: 'var(--console-text)' },
      }}
    >
      {summary !== null && <Text size="sm">{summary}</Text>}
      {listed.length > 0 && (
        <List size="sm" mt={4}>
          {listed.map(({ field, message }) => (
            <List.Item key={field + message}>{message}</List.Item>
          ))}
        </List>
      )}
      <Group mt="xs" gap="md">
        {retry && (
          <Button size="xs" variant="default" onClick={retry}>
            {t(isStale(problem) ? 'state.reload' : 'state.retry')}
          </Button>
        )}
        {problem.requestId !== null && (
          <Text size="xs" c="dimmed">
            {t('state.requestId', { id: problem.requestId })}
          </Text>
        )}
      </Group>
    </Alert>
  );
}

interface Messages {
  /** Null if all errors are shown at their fields */
  readonly summary: string | null;
  /** Errors of fields that are not on the page, unless the summary contains them */
  readonly listed: readonly { readonly field: string; readonly message: string }[];
}

function useMessages(problem: ApiProblem, shownFields: readonly string[] = []): Messages {
  const problemText = useProblemText();
  const { withLabels, isShownAtField } = useFormErrors(problem);
  const otherErrors = problem.errors.filter(({ field }) => !isShownAtField(field));
  if (problem.errors.length > 0 && otherErrors.length === 0) return { summary: null, listed: [] };
  const summary = withLabels(problemText(problem));
  const listed = otherErrors
    .filter(({ field }) => !shownFields.includes(field))
    .map(({ field, message }) => ({ field, message: withLabels(message) }))
    .filter(({ message }) => !contains(summary, message));
  return { summary, listed };
}

function titleOf(problem: ApiProblem, title: string | undefined, t: TFunction): string {
  if (isStale(problem)) return t('state.stale');
  if (title !== undefined && isRejected(problem)) return t('state.rejected');
  return title ?? t(isUnanswered(problem) ? 'write.unanswered' : 'write.refused');
}

function retryOf(
  problem: ApiProblem,
  { onReload, onSendAgain, onRetry }: Omit<ProblemAlertProps, 'error'>,
): (() => void) | undefined {
  if (isStale(problem)) return onReload;
  if (isUnanswered(problem)) return onSendAgain;
  return isRejected(problem) ? undefined : onRetry;
}

/** Whether a rule rejects the request, so that the same request would be rejected again. */
const isRejected = ({ status }: ApiProblem): boolean => [400, 409, 422].includes(status);

const isStale = ({ status }: ApiProblem): boolean => status === 412;

/** Whether the sentence contains the message, ignoring case and the full stop. */
function contains(sentence: string, message: string): boolean {
  return sentence.toLowerCase().includes(message.toLowerCase().replace(/\.$/, ''));
}

/** The message of a problem, also of one without an answer. */
export function useProblemText(): (problem: ApiProblem) => string {
  const { t } = useTranslation();
  return (problem) => {
    if (isUnanswered(problem)) return t('write.unansweredText');
    if (problem.code === NO_ANSWER) return t('state.noAnswer');
    if (problem.code === FILE_UNREADABLE) return t('state.fileUnreadable');
    if (problem.code === PREVIEW_CHANGED) return t('write.previewChanged');
    return problem.detail || t('state.unreadable', { status: problem.status });
  };
}

const isUnanswered = ({ code }: ApiProblem): boolean => code === WRITE_UNANSWERED;
