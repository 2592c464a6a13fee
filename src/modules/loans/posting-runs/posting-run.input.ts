import type { ListRequest } from '../../../platform/database/page.js';

export interface PostingRunListInput extends ListRequest {
  readonly trigger?: 'CRON' | 'API' | 'CLI';
  readonly status?: 'RUNNING' | 'COMPLETED' | 'FAILED';
  readonly dry_run?: boolean;
}
