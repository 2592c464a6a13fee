import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { LoanHistoryItem } from '../http/loan-history.response.js';

const STATUS_CHANGES = `
  SELECT changed_at AS at, 'STATUS' AS kind, changed_by AS by, from_status AS "from", to_status AS "to", reason
  FROM loan_status_changes
  WHERE loan_id = $1
  ORDER BY id`;

@Injectable()
export class LoanHistoryQuery {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  async list(loanId: string): Promise<LoanHistoryItem[]> {
    return await this.dataSource.query<LoanHistoryItem[]>(STATUS_CHANGES, [loanId]);
  }
}
