import type { InstallmentListItem } from '../../../src/modules/loans/installments/installment.response.js';
import type { Page } from '../../../src/platform/database/page.js';
import type { ApiClient } from '../../support/api-client.js';
import { queryOf } from './query.js';
import type { Filters } from './query.js';

/** A function that reads a page of the list with a client. */
export const listOf =
  (client: () => ApiClient, path: string) =>
  async <T = InstallmentListItem>(filters: Filters): Promise<Page<T>> => {
    const answer = await client().get<Page<T>>(`${path}?${queryOf(filters)}`);
    expect(answer.status).toBe(200);
    return answer.body;
  };
