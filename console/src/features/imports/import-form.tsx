import { Button, Checkbox, Paper, Stack } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../../api/problem';
import { fileErrorOf } from '../../shared/forms/csv-file';
import { CsvFileField } from '../../shared/forms/csv-file-field';
import { FileProgress } from '../../shared/forms/file-progress';
import { ProblemAlert } from '../../shared/page/problem-alert';

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
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (file) props.onDryRun(file);
  };
  return (
    <Paper p={{ base: 'md', sm: 'xl' }} component="form" onSubmit={submit}>
      <Stack gap="lg">
        <CsvFileField file={file} onFile={props.onFile} isDisabled={isSending} />
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
            disabled={file === null || fileErrorOf(file) !== null}
            loading={isSending}
          >
            {t('imports.dryRun')}
          </Button>
          <div role="status">{isSending && <FileProgress />}</div>
        </div>
        {/* the report of the dry run shows the errors of single lines */}
        {error !== null && <ProblemAlert error={error} shownFields={linesOf(error)} />}
      </Stack>
    </Paper>
  );
}

const linesOf = (error: unknown): string[] => asProblem(error).errors.map(({ field }) => field);
