import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { CalendarDate } from '../../kernel/calendar/calendar-date.js';
import { Clock } from '../../kernel/clock/clock.js';
import { Page, PageRequest, selectPage } from '../database/page.js';
import type { AuditEntry } from './audit-entry.js';

export interface AuditFilters extends PageRequest {
  readonly record_type?: string;
  readonly record_id?: string;
  readonly action?: string;
  readonly actor_id?: number;
  /** First and last day, in the service's time zone */
  readonly from?: CalendarDate;
  readonly to?: CalendarDate;
  readonly sort_order: 'asc' | 'desc';
}

const SELECT = `
  SELECT id::float8 AS id, at, actor_id, action, record_type, record_id, before, after, request_id, address`;

const MATCHING = `
  FROM audit_log
  WHERE ($1::text IS NULL OR record_type = $1)
    AND ($2::text IS NULL OR record_id = $2)
    AND ($3::text IS NULL OR action = $3)
    AND ($4::integer IS NULL OR actor_id = $4)
    AND ($5::date IS NULL OR at >= $5::date::timestamp AT TIME ZONE $7::text)
    AND ($6::date IS NULL OR at < ($6::date + 1)::timestamp AT TIME ZONE $7::text)`;

/** Who did what, in the order in which it was written. */
@Injectable()
export class AuditQuery {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  list(filters: AuditFilters): Promise<Page<AuditEntry>> {
    const { record_type, record_id, action, actor_id, from, to } = filters;
    const sql = {
      select: SELECT,
      from: MATCHING,
      orderBy: `audit_log.id ${filters.sort_order === 'asc' ? 'ASC' : 'DESC'}`,
      parameters: [record_type, record_id, action, actor_id, from, to, this.clock.timeZone],
    };
    return selectPage<AuditEntry>(this.dataSource, sql, filters);
  }

  /** All that was done to one record, oldest first. */
  async entriesOf(recordType: string, recordId: string): Promise<AuditEntry[]> {
    return await this.dataSource.query<AuditEntry[]>(
      `${SELECT} FROM audit_log WHERE record_type = $1 AND record_id = $2 ORDER BY audit_log.id`,
      [recordType, recordId],
    );
  }
}
