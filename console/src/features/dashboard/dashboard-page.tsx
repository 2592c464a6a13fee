import { Box, Grid } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDate } from '../../shared/format';
import { PageHeader } from '../../shared/page/page-header';
import { useBusinessDate } from '../../shared/posting-schedule';
import { usePermission } from '../../api/session';
import { NotAllowedPage } from '../../shared/page/error-pages';
import { Aging } from './aging';
import { CollectedAgainstDue } from './collected-against-due';
import { Forecast } from './forecast';
import { KeyFigures } from './key-figures';
import { PostingStatus } from './posting-status';

export function DashboardPage(): ReactNode {
  return usePermission('loans:view') ? <Dashboard /> : <NotAllowedPage permissions={['loans:view']} />;
}

function Dashboard(): ReactNode {
  const { t } = useTranslation();
  const today = useBusinessDate();
  return (
    <div>
      <PageHeader
        title={t('dashboard.title')}
        description={today && t('dashboard.description', { date: formatDate(today) })}
      />
      <Box mb="lg">
        <KeyFigures />
      </Box>
      <PostingStatus />
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, lg: 6 }}>
          <CollectedAgainstDue />
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 6 }}>
          <Forecast />
        </Grid.Col>
        <Grid.Col span={12}>
          <Aging />
        </Grid.Col>
      </Grid>
    </div>
  );
}
