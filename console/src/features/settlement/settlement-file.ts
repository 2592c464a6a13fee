import { client } from '../../api/client';
import type { Schemas } from '../../api/client';
import type { CsvFile } from '../../shared/forms/csv-file';
import { csvBody } from '../../shared/forms/csv-file';
import { parseMoney, parseRate } from '../../shared/format';

export type SettlementResult = Schemas['SettlementResultResponse'];

export interface SettlementTerms {
  /** The Sunday of the payment week */
  readonly week: string;
  /** As `toTakeHome` returns it; undefined for the default of the service */
  readonly takeHome: string | undefined;
}

/** The earnings of many drivers, with their terms. */
export interface SettlementFile extends CsvFile {
  readonly terms: SettlementTerms;
}

/** A run for a large fleet takes minutes. */
export const RUN_TIMEOUT_MS = 15 * 60_000;

/** @param key undefined for a dry run */
export function sendSettlement(
  { terms, ...file }: SettlementFile,
  key?: string,
): Promise<{ data?: SettlementResult }> {
  return client.POST('/api/v1/ledger/settlement-runs', {
    params: {
      query: {
        payment_period_start: terms.week,
        min_take_home: terms.takeHome,
        dry_run: key === undefined,
      },
      header: { 'Idempotency-Key': key },
    },
    ...csvBody(file),
  });
}

/** "150" → "150", "25 %" → "25%", '' → undefined. Returns null if the text is neither an amount nor a percentage. */
export function toTakeHome(typed: string): string | undefined | null {
  const text = typed.trim();
  if (text === '') return undefined;
  if (!text.endsWith('%')) return parseMoney(text);
  const rate = parseRate(text);
  return rate === null || rate === '' ? null : `${rate}%`;
}
