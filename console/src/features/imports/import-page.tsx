import { Grid } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePermission } from '../../api/session';
import { useWrite } from '../../shared/forms/use-write';
import { NotAllowedPage } from '../../shared/page/error-pages';
import { PageHeader } from '../../shared/page/page-header';
import { ImportColumns } from './import-columns';
import { ImportForm } from './import-form';
import type { ImportKind } from './import-kinds';
import { IMPORTS } from './import-kinds';
import { ImportReport } from './import-report';
import type { ImportOrder } from './send-csv';
import { orderOf, sendCsv } from './send-csv';

export const DriverImportPage = (): ReactNode => <ImportPage kind="drivers" />;

export const LeaseImportPage = (): ReactNode => <ImportPage kind="leases" />;

export const LoanImportPage = (): ReactNode => <ImportPage kind="loans" />;

interface Kind {
  readonly kind: ImportKind;
}

function ImportPage({ kind }: Kind): ReactNode {
  const { permission } = IMPORTS[kind];
  return usePermission(permission) ? <Import kind={kind} /> : <NotAllowedPage permissions={[permission]} />;
}

/** File, dry run, its report, and only then the import of exactly that. */
function Import({ kind }: Kind): ReactNode {
  const { t } = useTranslation();
  const [file, setFile] = useState<File | null>(null);
  const [allOrNothing, setAllOrNothing] = useState(IMPORTS[kind].allOrNothing);
  const dryRun = useMutation({
    mutationFn: async (chosen: File) => {
      const order = await orderOf(chosen, allOrNothing);
      return { order, report: (await sendCsv(kind, order)).data };
    },
  });
  const importing = useWrite((order: ImportOrder, key) => sendCsv(kind, order, key), {
    successMessage: ({ message }) => message,
  });
  const forget = (): void => {
    dryRun.reset();
    importing.reset();
  };
  const report = importing.data ?? dryRun.data?.report;
  return (
    <div>
      <PageHeader
        title={t(`imports.${kind}.title`)}
        description={t(`imports.${kind}.description`)}
        breadcrumbs={[{ label: t(`menu.${kind}`), to: IMPORTS[kind].list }]}
      />
      <Grid gap="xl">
        <Grid.Col span={{ base: 12, lg: 5 }} className="no-print">
          <ImportForm
            file={file}
            onFile={(chosen) => {
              setFile(chosen);
              forget();
            }}
            allOrNothing={allOrNothing}
            onAllOrNothing={(chosen) => {
              setAllOrNothing(chosen);
              forget();
            }}
            onDryRun={(chosen) => {
              forget();
              dryRun.mutate(chosen);
            }}
            isTried={report !== undefined}
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
              onImport={() => dryRun.data && importing.mutate(dryRun.data.order)}
            />
          ) : (
            <ImportColumns kind={kind} />
          )}
        </Grid.Col>
      </Grid>
    </div>
  );
}
