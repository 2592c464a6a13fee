import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { driverName } from '../values/driver';
import type { FoundRecords, PickerProps } from './record-picker';
import { RecordPicker } from './record-picker';

interface LoanPickerProps extends PickerProps {
  readonly value: string | null;
  readonly onChange: (loanId: string | null) => void;
}

/** Finds a loan by a part of its id, or by its driver. */
export function LoanPicker({ value, onChange, ...rest }: LoanPickerProps): ReactNode {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<string | null>(null);
  const found = useFoundLoans(value, typed ?? '');
  return (
    <RecordPicker
      label={t('loans.loanId')}
      placeholder={t('loans.searchHint')}
      {...rest}
      value={value}
      onChange={onChange}
      typed={typed}
      onTyped={setTyped}
      found={found}
    />
  );
}

/** The loans that match the typed text, and the chosen loan even if it does not match. */
function useFoundLoans(value: string | null, typed: string): FoundRecords {
  const [q] = useDebouncedValue(typed.trim(), 150);
  const isSearching = q.length > 0;
  const found = api.useQuery(
    'get',
    '/api/v1/loans',
    { params: { query: { page_size: 20, ...(isSearching ? { q } : {}) } } },
    { placeholderData: keepPreviousData },
  );
  const loans = (found.data?.items ?? []).map(({ loan_id, driver }) => ({
    value: loan_id,
    label: `${loan_id} · ${driverName(driver)}`,
  }));
  return {
    q,
    options: withChosen(loans, value),
    isFetching: found.isFetching,
    isAnswered: q === typed.trim() && !found.isPlaceholderData,
    best: isSearching ? loans[0]?.value : undefined,
  };
}

/** The options with the chosen loan, which may not match the search. */
function withChosen(loans: FoundRecords['options'], chosen: string | null): FoundRecords['options'] {
  const isListed = chosen === null || loans.some(({ value }) => value === chosen);
  return isListed ? loans : [...loans, { value: chosen, label: chosen }];
}
