import { Grid } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePermission } from '../../api/session';
import { readCsv } from '../../shared/forms/csv-file';
import { useWrite } from '../../shared/forms/use-write';
import { NotAllowedPage } from '../../shared/page/error-pages';
import { PageHeader } from '../../shared/page/page-header';
import { ImportColumns } from './import-columns';
import { ImportForm } from './import-form';
import type { ImportKind } from './import-kinds';
import { IMPORTS } from './import-kinds';
import { ImportReport } from './import-report';
import type { CsvImport } from './send-csv';
import { sendCsv } from './send-csv';

export const DriverImportPage = (): ReactNode => <ImportPage kind="drivers" />;

export const LeaseImportPage = (): ReactNode => <ImportPage kind="leases" />;

export const LoanImportPage = (): ReactNode => <ImportPage kind="loans" />;

export const ChargeImportPage = (): ReactNode => <ImportPage kind="charges" />;

interface Kind {
  readonly kind: ImportKind;
}

function ImportPage({ kind }: Kind): ReactNode {
  const { permission } = IMPORTS[kind];
  return usePermission(permission) ? <Import kind={kind} /> : <NotAllowedPage permissions={[permission]} />;
}

/** Imports a file. A dry run must show its report first. */
function Import({ kind }: Kind): ReactNode {
  const { t } = useTranslation();
  const { section } = IMPORTS[kind];
  const [file, setFile] = useState<File | null>(null);
  const [allOrNothing, setAllOrNothing] = useState(IMPORTS[kind].allOrNothing);
  const dryRun = useMutation({
    mutationFn: async (chosen: File) => {
      const csv = { ...(await readCsv(chosen)), allOrNothing };
      return { csv, report: (await sendCsv(kind, csv)).data };
    },
  });
  const importing = useWrite((csv: CsvImport, key) => sendCsv(kind, csv, key), {
    successMessage: ({ message }) => message,
  });
  const reset = (): void => {
    dryRun.reset();
    importing.reset();
  };
  const report = importing.data ?? dryRun.data?.report;
  return (
    <div>
      <PageHeader
        title={t(`imports.${kind}.title`)}
        description={t(`imports.${kind}.description`)}
        breadcrumbs={[{ label: t(`menu.${section}`), to: `/${section}` }]}
      />
      <Grid gap="xl">
        <Grid.Col span={{ base: 12, lg: 5 }} className="no-print">
          <ImportForm
            file={file}
            onFile={(chosen) => {
              setFile(chosen);
              reset();
            }}
            allOrNothing={allOrNothing}
            onAllOrNothing={(chosen) => {
              setAllOrNothing(chosen);
              reset();
            }}
            onDryRun={(chosen) => {
              reset();
              dryRun.mutate(chosen);
            }}
            hasReport={report !== undefined}
            isSending={dryRun.isPending || importing.isPending}
            error={importing.error ?? dryRun.error}
          />
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 7 }}>
          {report ? (
            <ImportReport
              kind={kind}
              report={report}
              isSending={importing.isPending}
              onImport={() => dryRun.data && importing.mutate(dryRun.data.csv)}
            />
          ) : (
            <ImportColumns kind={kind} />
          )}
        </Grid.Col>
      </Grid>
    </div>
  );
}
