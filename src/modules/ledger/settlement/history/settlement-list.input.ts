import type { CalendarDate } from '../../../../kernel/calendar/calendar-date.js';
import type { ListRequest, Unpaged } from '../../../../platform/database/page.js';
import type { SettlementLineStatus, SettlementRunStatus } from '../settlement-status.js';

export interface SettlementRunListInput extends ListRequest {
  readonly status?: SettlementRunStatus;
  readonly period_from?: CalendarDate;
  readonly period_to?: CalendarDate;
  readonly started_by?: number;
}

export interface SettlementLineListInput extends ListRequest {
  readonly status?: SettlementLineStatus;
  /** The name or TLC number of a driver, or a reference */
  readonly q?: string;
}

export type SettlementLineExportInput = Unpaged<SettlementLineListInput>;
