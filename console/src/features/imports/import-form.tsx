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
  /** After the dry run the import is the main button */
  readonly hasReport: boolean;
  readonly isSending: boolean;
  readonly error: unknown;
}

export function ImportForm(props: ImportFormProps): ReactNode {
  const { file, hasReport, isSending, error } = props;
  const { t } = useTranslation();
  const fileError = file && fileErrorOf(file);
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
            error={fileError && t(`imports.file.${fileError}`)}
            classNames={{ input: classes.file }}
            disabled={isSending}
            onClick={(event) => {
              // otherwise choosing the same file again, now corrected, would not trigger a change event
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
            variant={hasReport ? 'default' : 'filled'}
            disabled={file === null || fileError !== null}
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
        {/* the report of the dry run shows the errors of single lines */}
        {error !== null && <ProblemAlert error={error} shownFields={linesOf(error)} />}
      </Stack>
    </Paper>
  );
}

/** A file that the service would reject. The file type of the browser is unreliable. */
function fileErrorOf({ name, size }: File): 'notCsv' | 'empty' | null {
  if (!/\.csv$/i.test(name)) return 'notCsv';
  return size === 0 ? 'empty' : null;
}

const linesOf = (error: unknown): string[] => asProblem(error).errors.map(({ field }) => field);
