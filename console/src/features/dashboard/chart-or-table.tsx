import { Button, Group, Paper, Skeleton, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';

interface ChartOrTableProps {
  readonly title: string;
  readonly chart: ReactNode;
  readonly table: ReactNode;
  /** Said in place of both where there is nothing to draw */
  readonly empty?: string | false;
}

/** The same figures twice: drawn for the eye, and as a table for everything else. */
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
