import { Alert, Button, Code, Group, Text, TextInput } from '@mantine/core';
import { IconCircleCheck, IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api/client';
import type { Schemas } from '../../../api/client';
import { DataTable } from '../../../shared/lists/data-table';
import { StatGrid } from '../../../shared/values/stat-grid';
import { formatCount } from '../../../shared/format';
import { PageHeader } from '../../../shared/page/page-header';
import { QueryState } from '../../../shared/page/query-state';
import type { en } from '../../../i18n/en';
import { LedgerTabs } from '../ledger-tabs';

type Verification = Schemas['VerificationResponse'];

/** Verifies the whole database. It reads every record, so it runs only when the user starts it. */
export function VerifyPage(): ReactNode {
  const { t } = useTranslation();
  const [head, setHead] = useState('');
  const verification = api.useQuery(
    'get',
    '/api/v1/ledger/verify',
    { params: { query: head.trim() === '' ? {} : { head: head.trim() } } },
    { enabled: false, gcTime: 0 },
  );
  return (
    <div>
      <PageHeader title={t('ledger.title')} description={t('ledger.description')} />
      <LedgerTabs />
      <Text mb="md">{t('ledger.verify.description')}</Text>
      <Group align="flex-end" mb="lg">
        <TextInput
          label={t('ledger.verify.headGiven')}
          w={360}
          value={head}
          onChange={(event) => setHead(event.currentTarget.value)}
        />
        <Button loading={verification.isFetching} onClick={() => void verification.refetch()}>
          {t('ledger.verify.run')}
        </Button>
      </Group>
      <div aria-live="polite">
        {(verification.isFetching || verification.isFetched) && (
          <QueryState query={verification}>{(data) => <Result result={data} />}</QueryState>
        )}
      </div>
    </div>
  );
}

function Result({ result }: { readonly result: Verification }): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      <Alert
        variant="outline"
        mb="lg"
        color={result.ok ? 'teal' : 'red'}
        icon={result.ok ? <IconCircleCheck /> : <IconAlertTriangle />}
        title={
          result.ok ? t('ledger.verify.ok') : t('ledger.verify.differs', { count: result.differences_total })
        }
        styles={{
          title: { color: result.ok ? 'var(--console-good)' : 'var(--console-bad)' },
          message: { color: 'var(--console-text)' },
        }}
      >
        {result.ok && t('ledger.verify.okText')}
      </Alert>
      <StatGrid
        stats={Object.entries(result.checked).map(([kind, count]) => ({
          label: t(`ledger.verify.kinds.${kind as keyof typeof en.ledger.verify.kinds}`),
          value: formatCount(count),
        }))}
      />
      {result.differences.length > 0 && (
        <DataTable
          caption={t('ledger.verify.caption')}
          rows={result.differences}
          rowKey={({ kind, id }) => kind + id}
          columns={[
            { key: 'id', title: t('ledger.verify.what'), render: ({ id }) => id },
            { key: 'message', title: t('ledger.verify.message'), render: ({ message }) => message },
            {
              key: 'expected',
              title: t('ledger.verify.expected'),
              numeric: true,
              render: (row) => row.expected,
            },
            { key: 'actual', title: t('ledger.verify.actual'), numeric: true, render: (row) => row.actual },
          ]}
        />
      )}
      {result.chain_head !== null && (
        <>
          <Text fw={600} size="sm" mt="lg">
            {t('ledger.verify.head')}
          </Text>
          <Text size="sm" c="dimmed" mb={4}>
            {t('ledger.verify.headHint')}
          </Text>
          <Code
            block
            bg="var(--console-surface)"
            style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}
          >
            {result.chain_head}
          </Code>
        </>
      )}
    </>
  );
}
