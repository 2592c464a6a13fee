import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Fragment } from 'react';
import { asProblem } from '../api/problem';
import { announceRefusal } from './announce';
import { Dialog } from './dialog';
import { useSentence } from './problem-alert';
import { QueryState } from './query-state';

export interface Editable<Item> {
  readonly record: Item;
  /** The entity tag that came with it, for the If-Match of a change */
  readonly tag: string | undefined;
  /** Begins the form again with the record as it is now */
  readonly reload: () => void;
}

interface RecordFormProps<Item> {
  /** The address of the record in the API */
  readonly address: string;
  readonly read: () => Promise<{ data?: Item; response: Response }>;
  readonly title: string;
  readonly onClose: () => void;
  readonly children: (editable: Editable<Item>) => ReactNode;
}

/**
 * A form that changes a record. It begins with the values and the entity tag of one reading, which nothing on the page behind it
 * renews; after a refusal for staleness it can begin again with the present ones.
 */
export function RecordForm<Item>({ address, read, children, ...dialog }: RecordFormProps<Item>): ReactNode {
  const queries = useQueryClient();
  const sentence = useSentence();
  const queryKey = ['record', address];
  const query = useQuery({
    queryKey,
    queryFn: async () => {
      const { data, response } = await read();
      return { record: data as Item, tag: response.headers.get('etag') ?? undefined };
    },
    staleTime: Infinity,
    gcTime: 0,
  });
  const reload = async (): Promise<void> => {
    // the page behind the form as well
    await queries.invalidateQueries();
    const { error } = queries.getQueryState(queryKey) ?? {};
    if (error) announceRefusal(sentence(asProblem(error)));
  };
  if (query.data !== undefined) {
    return (
      <Fragment key={query.dataUpdatedAt}>
        {children({ ...query.data, reload: () => void reload() })}
      </Fragment>
    );
  }
  // an answer is there in a moment, a dialog that says so would only flash
  return (
    query.error && (
      <Dialog {...dialog}>
        <QueryState query={query}>{() => null}</QueryState>
      </Dialog>
    )
  );
}
