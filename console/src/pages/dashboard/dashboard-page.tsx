import { Box, Grid } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDate } from '../../shared/format';
import { PageHeader } from '../../shared/page-header';
import { useBusinessDate } from '../../shared/use-business-date';
import { usePermission } from '../../api/session';
import { NotAllowedPage } from '../../app/error-pages';
import { Aging } from './aging';
import { CollectedAgainstDue } from './collected-against-due';
import { Forecast } from './forecast';
import { Headlines } from './headlines';
import { PostingState } from './posting-state';

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
        lead={today && t('dashboard.lead', { date: formatDate(today) })}
      />
      <Box mb="lg">
        <Headlines />
      </Box>
      <PostingState />
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
