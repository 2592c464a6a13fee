import { Anchor, Button, Stack, Text } from '@mantine/core';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { formatCount, formatDollars, isZero } from '../../shared/format';
import { FocusedHeading } from '../../shared/page/focused-heading';
import type { Stat } from '../../shared/values/stat-grid';
import { RejectedLines } from './rejected-lines';
import { SettlementFigures } from './settlement-figures';
import type { SettlementResult } from './settlement-file';

interface SettlementPreviewProps {
  readonly result: SettlementResult;
  readonly isSending: boolean;
  readonly onSettle: () => void;
}

/** The result of the dry run, with the button that settles the same file under the same terms. */
export function SettlementPreview({ result, isSending, onSettle }: SettlementPreviewProps): ReactNode {
  const { t } = useTranslation();
  const rejected = result.lines.filter(({ status }) => status === 'REJECTED');
  return (
    <Stack gap="xl">
      <div>
        <FocusedHeading>{t('settlement.previewTitle')}</FocusedHeading>
        <Text size="sm" mb="sm">
          <Outlook result={result} />
        </Text>
        <SettlementFigures run={result} stats={atMinimum(result, t)} />
      </div>
      <SettleButton result={result} isSending={isSending} onSettle={onSettle} />
      <RejectedLines lines={rejected} />
    </Stack>
  );
}

/** The same lines for the same week are one run: what is settled already is not settled again. */
const isSettled = ({ run_id, status }: SettlementResult): boolean =>
  run_id !== null && status === 'COMPLETED';

const settledLines = (run: SettlementResult): number => run.lines_total - run.lines_rejected;

function Outlook({ result }: { readonly result: SettlementResult }): ReactNode {
  const { t } = useTranslation();
  const { run_id: run } = result;
  if (run !== null) {
    return (
      <>
        {t(isSettled(result) ? 'settlement.outlook.settled' : 'settlement.outlook.interrupted')}{' '}
        <Anchor component={Link} to={`/settlement/${run}`} inherit>
          {t('settlement.run.title', { id: run })}
        </Anchor>
      </>
    );
  }
  if (settledLines(result) === 0) return t('settlement.outlook.nothing');
  return t(result.lines_rejected > 0 ? 'settlement.outlook.partly' : 'settlement.outlook.whole');
}

function SettleButton({ result, isSending, onSettle }: SettlementPreviewProps): ReactNode {
  const { t } = useTranslation();
  const count = settledLines(result);
  if (isSettled(result)) return null;
  return (
    <div>
      <Button disabled={count === 0} loading={isSending} onClick={onSettle}>
        {result.run_id === null
          ? t('settlement.settle', { count, amount: formatDollars(result.total_earnings) })
          : t('settlement.continue', { run: result.run_id })}
      </Button>
    </div>
  );
}

/** The drivers who are paid no more than they keep at least. Unknown if the answer does not have all lines. */
function atMinimum({ lines, lines_total }: SettlementResult, t: TFunction): readonly Stat[] {
  if (lines.length < lines_total) return [];
  const { length } = lines.filter(({ net, min_take_home: kept }) => !isZero(kept) && net === kept);
  return [
    {
      label: t('settlement.atMinimum'),
      value: formatCount(length),
      note: t('settlement.atMinimumNote'),
    },
  ];
}
