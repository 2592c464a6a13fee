import { Button, Space, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Schemas } from '../../api/client';
import { StatGrid } from '../../shared/values/stat-grid';
import { formatCount } from '../../shared/format';
import { ImportErrors } from './import-errors';
import type { ImportKind } from './import-kinds';
import { IMPORTS } from './import-kinds';
import classes from './import-report.module.css';

type Report = Schemas['ImportReportResponse'];

interface ImportReportProps {
  readonly kind: ImportKind;
  readonly report: Report;
  readonly isSending: boolean;
  readonly onImport: () => void;
}

/** What a dry run found, with the button that imports exactly that; after the import, what it did. */
export function ImportReport({ kind, report, isSending, onImport }: ImportReportProps): ReactNode {
  const { t } = useTranslation();
  const outlook = outlookOf(report);
  const count = report.created + report.updated;
  const heading = useRef<HTMLHeadingElement>(null);
  // on a phone it stands below the form, and a screen reader is told of it nowhere else
  useEffect(() => heading.current?.focus(), [report.applied]);
  return (
    <Stack gap="xl">
      <div>
        <Title order={2} ref={heading} tabIndex={-1} className={classes.heading}>
          {t(report.applied ? 'imports.report.done' : 'imports.report.dry')}
        </Title>
        {!report.applied && <Text size="sm">{t(`imports.report.${outlook}`)}</Text>}
        <Space h="sm" />
        <Figures report={report} />
        {report.applied ? (
          <Button component={Link} to={IMPORTS[kind].list} className="no-print">
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
    </Stack>
  );
}

/** What an import would do with what the dry run found. */
function outlookOf(report: Report): 'refused' | 'nothing' | 'partly' | 'whole' {
  if (report.all_or_nothing && report.rejected > 0) return 'refused';
  if (report.created + report.updated === 0) return 'nothing';
  return report.rejected > 0 ? 'partly' : 'whole';
}

function Figures({ report }: { readonly report: Report }): ReactNode {
  const { t } = useTranslation();
  const when = report.applied ? 'was' : 'would';
  return (
    <StatGrid
      stats={[
        { label: t('imports.report.rows'), value: formatCount(report.rows) },
        { label: t(`imports.report.${when}.created`), value: formatCount(report.created) },
        { label: t(`imports.report.${when}.updated`), value: formatCount(report.updated) },
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
