import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useDownload } from '../../../shared/use-download';

interface ReceiptButtonProps {
  /** Of a payment or recovery */
  readonly postingId: string;
  readonly size?: 'compact-sm';
}

/** Downloads the receipt for the driver. */
export function ReceiptButton({ postingId, size }: ReceiptButtonProps): ReactNode {
  const { t } = useTranslation();
  const receipt = useDownload();
  return (
    <Button
      variant="default"
      size={size}
      loading={receipt.isPending}
      onClick={() => receipt.mutate({ address: `/api/v1/ledger/payments/${postingId}/receipt.pdf` })}
    >
      {t('ledger.posting.receipt')}
    </Button>
  );
}
