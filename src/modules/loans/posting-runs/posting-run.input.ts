import type { ListRequest } from '../../../platform/database/page.js';
import type { PostingTrigger, RunStatus } from './posting-run-status.js';

export interface PostingRunListInput extends ListRequest {
  readonly trigger?: PostingTrigger;
  readonly status?: RunStatus;
  readonly dry_run?: boolean;
}
