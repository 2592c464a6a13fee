import { Button, Space, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Schemas } from '../../api/client';
import { StatGrid } from '../../shared/values/stat-grid';
import { FocusedHeading } from '../../shared/page/focused-heading';
import { formatCount } from '../../shared/format';
import { ImportChanges } from './import-changes';
import { ImportErrors } from './import-errors';
import type { ImportKind } from './import-kinds';
import { IMPORTS } from './import-kinds';

type Report = Schemas['ImportReportResponse'];

interface ImportReportProps {
  readonly kind: ImportKind;
  readonly report: Report;
  readonly isSending: boolean;
  readonly onImport: () => void;
}

/** The report of a dry run with the button that imports the same file, or the report of the import. */
export function ImportReport({ kind, report, isSending, onImport }: ImportReportProps): ReactNode {
  const { t } = useTranslation();
  const outlook = outlookOf(report);
  const count = report.created + report.updated;
  return (
    <Stack gap="xl">
      <div>
        <FocusedHeading key={`${report.applied}`}>
          {t(report.applied ? 'imports.report.done' : 'imports.report.dry')}
        </FocusedHeading>
        {!report.applied && <Text size="sm">{t(`imports.report.${outlook}`)}</Text>}
        <Space h="sm" />
        <ReportStats report={report} />
        {report.applied ? (
          <Button component={Link} to={`/${IMPORTS[kind].section}`} className="no-print">
            {t(`imports.${kind}.list`)}
          </Button>
        ) : (
          <Button
            className="no-print"
            disabled={outlook === 'refused' || outlook === 'nothing'}
            loading={isSending}
            onClick={onImport}
          >
            {t('imports.run', { count: outlook === 'refused' ? 0 : count })}
          </Button>
        )}
      </div>
      <ImportErrors report={report} />
      <ImportChanges report={report} />
    </Stack>
  );
}

/** The result that an import of the file would have. */
function outlookOf(report: Report): 'refused' | 'nothing' | 'partly' | 'whole' {
  if (report.all_or_nothing && report.rejected > 0) return 'refused';
  if (report.created + report.updated === 0) return 'nothing';
  return report.rejected > 0 ? 'partly' : 'whole';
}

function ReportStats({ report }: { readonly report: Report }): ReactNode {
  const { t } = useTranslation();
  const tense = report.applied ? 'was' : 'would';
  return (
    <StatGrid
      stats={[
        { label: t('imports.report.rows'), value: formatCount(report.rows) },
        { label: t(`imports.report.${tense}.created`), value: formatCount(report.created) },
        { label: t(`imports.report.${tense}.updated`), value: formatCount(report.updated) },
        { label: t('imports.report.unchanged'), value: formatCount(report.unchanged) },
        {
          label: t('imports.report.rejected'),
          value: formatCount(report.rejected),
          tone: report.rejected > 0 ? 'bad' : undefined,
        },
      ]}
    />
  );
}
