import { Alert, Button, Group, List, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiProblem } from '../api/problem';
import { asProblem, FILE_UNREADABLE, NO_ANSWER, WRITE_UNANSWERED } from '../api/problem';
import { useFormRefusals } from './form-refusals';

interface ProblemAlertProps {
  readonly error: unknown;
  readonly title?: string;
  /** Asks again */
  readonly onRetry?: () => void;
  /** After a refusal for staleness: brings the present values */
  readonly onReload?: () => void;
  /** Fields of which the page says it elsewhere */
  readonly shownFields?: readonly string[];
  /** Sends a write again that got no answer */
  readonly onSendAgain?: () => void;
}

/**
 * A refusal in the API's own sentence, with the request id that support asks for. Read out as soon as it appears. What it says of
 * a field of the form around it stands beside that field.
 */
export function ProblemAlert({
  error,
  title,
  onRetry,
  onReload,
  onSendAgain,
  shownFields = [],
}: ProblemAlertProps): ReactNode {
  const { t } = useTranslation();
  const sentence = useSentence();
  const problem = useMemo(() => asProblem(error), [error]);
  const { inWords, isBesideField } = useFormRefusals(problem);
  const elsewhere = problem.errors.filter(({ field }) => !isBesideField(field));
  const isAllBesideFields = problem.errors.length > 0 && elsewhere.length === 0;
  const said = inWords(sentence(problem));
  const others = elsewhere
    .filter(({ field }) => !shownFields.includes(field))
    .map(({ field, message }) => ({ field, message: inWords(message) }))
    .filter(({ message }) => !says(said, message));
  const isStale = problem.status === 412;
  // the same request would be refused again
  const isInvalid = problem.status === 400;
  const again = isStale ? onReload : isUnanswered(problem) ? onSendAgain : isInvalid ? undefined : onRetry;
  return (
    <Alert
      role="alert"
      variant="outline"
      color="red"
      icon={<IconAlertTriangle size={20} />}
      title={
        isStale
          ? t('state.stale')
          : isAllBesideFields
            ? t('write.checkFields')
            : (title ?? t(isUnanswered(problem) ? 'write.unanswered' : 'write.refused'))
      }
      styles={{
        root: { background: 'var(--console-bad-soft)', borderColor: 'var(--console-bad)' },
        title: { color: 'var(--console-bad)' },
        icon: { color: 'var(--console-bad)' },
        message: { color: 'var(--console-text)' },
      }}
    >
      {!isAllBesideFields && <Text size="sm">{said}</Text>}
      {others.length > 0 && (
        <List size="sm" mt={4}>
          {others.map(({ field, message }) => (
            <List.Item key={field + message}>{message}</List.Item>
          ))}
        </List>
      )}
      <Group mt="xs" gap="md">
        {again && (
          <Button size="xs" variant="default" onClick={again}>
            {t(isStale ? 'state.reload' : 'state.retry')}
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

/** Whether the sentence holds the message already, but for its first letter and its full stop. */
function says(sentence: string, message: string): boolean {
  return sentence.toLowerCase().includes(message.toLowerCase().replace(/\.$/, ''));
}

/** What the problem says, or what its silence means. */
export function useSentence(): (problem: ApiProblem) => string {
  const { t } = useTranslation();
  return (problem) => {
    if (isUnanswered(problem)) return t('write.unansweredText');
    if (problem.code === NO_ANSWER) return t('state.noAnswer');
    if (problem.code === FILE_UNREADABLE) return t('state.fileUnreadable');
    return problem.detail || t('state.unreadable', { status: problem.status });
  };
}

const isUnanswered = ({ code }: ApiProblem): boolean => code === WRITE_UNANSWERED;
