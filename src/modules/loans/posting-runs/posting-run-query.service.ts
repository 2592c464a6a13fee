import { Injectable } from '@nestjs/common';
import { DomainError } from '../../../kernel/errors/domain-error.js';
import type { Page } from '../../../platform/database/page.js';
import type { PostingRunListInput } from './posting-run.input.js';
import { PostingRunQuery } from './posting-run.query.js';
import type { PostingRunDetailView, PostingRunView } from './posting-run.view.js';

/** Reads the history and progress of posting runs. */
@Injectable()
export class PostingRunQueryService {
  constructor(private readonly runs: PostingRunQuery) {}

  list(query: PostingRunListInput): Promise<Page<PostingRunView>> {
    return this.runs.list(query);
  }

  /** Throws POSTING_RUN_NOT_FOUND. */
  async get(runId: number): Promise<PostingRunDetailView> {
    const run = await this.runs.find(runId);
    if (!run) throw new DomainError('POSTING_RUN_NOT_FOUND', `There is no posting run ${runId}.`);
    return run;
  }
}
