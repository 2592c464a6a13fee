import { Button, Checkbox, Paper, Progress, Stack, Text, TextInput } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../../api/problem';
import { formatBytes } from '../../shared/format';
import { ProblemAlert } from '../../shared/page/problem-alert';
import classes from './import-form.module.css';

interface ImportFormProps {
  readonly file: File | null;
  readonly onFile: (file: File | null) => void;
  readonly allOrNothing: boolean;
  readonly onAllOrNothing: (allOrNothing: boolean) => void;
  readonly onDryRun: (file: File) => void;
  /** The next step is another one then */
  readonly isTried: boolean;
  readonly isSending: boolean;
  readonly error: unknown;
}

export function ImportForm(props: ImportFormProps): ReactNode {
  const { file, isTried, isSending, error } = props;
  const { t } = useTranslation();
  const fault = file && faultOf(file);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (file) props.onDryRun(file);
  };
  return (
    <Paper p={{ base: 'md', sm: 'xl' }} component="form" onSubmit={submit}>
      <Stack gap="lg">
        <div>
          <TextInput
            type="file"
            accept=".csv,text/csv"
            label={t('imports.file.label')}
            description={t('imports.file.hint')}
            error={fault && t(`imports.file.${fault}`)}
            classNames={{ input: classes.file }}
            disabled={isSending}
            onClick={(event) => {
              // else the browser tells nothing of the same file chosen again, though it was corrected meanwhile
              event.currentTarget.value = '';
              props.onFile(null);
            }}
            onChange={(event) => props.onFile(event.currentTarget.files?.[0] ?? null)}
          />
          {file && (
            <Text size="sm" mt={6}>
              {formatBytes(file.size)}
            </Text>
          )}
        </div>
        <Checkbox
          label={t('imports.allOrNothing')}
          description={t('imports.allOrNothingHint')}
          checked={props.allOrNothing}
          disabled={isSending}
          onChange={(event) => props.onAllOrNothing(event.currentTarget.checked)}
        />
        <div>
          <Button
            type="submit"
            fullWidth
            variant={isTried ? 'default' : 'filled'}
            disabled={file === null || fault !== null}
            loading={isSending}
          >
            {t('imports.dryRun')}
          </Button>
          <div role="status">
            {isSending && (
              <>
                <Progress value={100} animated mt="sm" aria-label={t('imports.sending')} />
                <Text size="sm" mt={4}>
                  {t('imports.sending')}
                </Text>
              </>
            )}
          </div>
        </div>
        {/* the lines of a refused file are told by the dry run, each with its number */}
        {error !== null && <ProblemAlert error={error} shownFields={linesOf(error)} />}
      </Stack>
    </Paper>
  );
}

/** What the service would refuse anyway, said before anything is sent. A browser's own idea of the type is no help. */
function faultOf({ name, size }: File): 'notCsv' | 'empty' | null {
  if (!/\.csv$/i.test(name)) return 'notCsv';
  return size === 0 ? 'empty' : null;
}

const linesOf = (error: unknown): string[] => asProblem(error).errors.map(({ field }) => field);
