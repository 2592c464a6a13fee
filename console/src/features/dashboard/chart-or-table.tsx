import { Button, Group, Paper, Skeleton, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';

interface ChartOrTableProps {
  readonly title: string;
  readonly chart: ReactNode;
  readonly table: ReactNode;
  /** Shown instead of both if there is no data */
  readonly empty?: string | false;
}

/** The same figures as a chart or as an accessible table. */
export function ChartOrTable({ title, chart, table, empty = false }: ChartOrTableProps): ReactNode {
  const { t } = useTranslation();
  const [isTable, setTable] = useState(false);
  return (
    <Paper p={{ base: 'sm', sm: 'lg' }} component="section" aria-label={title} h="100%">
      <Group justify="space-between" mb="md" wrap="nowrap">
        <Title order={2}>{title}</Title>
        {empty === false && (
          <Button
            size="xs"
            variant="default"
            className="no-print"
            flex="none"
            onClick={() => setTable(!isTable)}
          >
            {t(isTable ? 'dashboard.asChart' : 'dashboard.asTable')}
          </Button>
        )}
      </Group>
      {empty !== false && <Text c="dimmed">{empty}</Text>}
      {empty === false &&
        (isTable ? table : <Suspense fallback={<Skeleton height={240} />}>{chart}</Suspense>)}
    </Paper>
  );
}
