import { Button, Group, Paper, Skeleton, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';

interface ChartOrTableProps {
  readonly title: string;
  readonly chart: ReactNode;
  readonly table: ReactNode;
}

/** The same figures twice: drawn for the eye, and as a table for everything else. */
export function ChartOrTable({ title, chart, table }: ChartOrTableProps): ReactNode {
  const { t } = useTranslation();
  const [isTable, setTable] = useState(false);
  return (
    <Paper p="lg" component="section" aria-label={title} h="100%">
      <Group justify="space-between" mb="md">
        <Title order={2}>{title}</Title>
        <Button
          size="xs"
          variant="default"
          className="no-print"
          aria-pressed={isTable}
          onClick={() => setTable(!isTable)}
        >
          {t(isTable ? 'dashboard.asChart' : 'dashboard.asTable')}
        </Button>
      </Group>
      {isTable ? table : <Suspense fallback={<Skeleton height={240} />}>{chart}</Suspense>}
    </Paper>
  );
}
