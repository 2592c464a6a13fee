import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Fragment, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/problem';
import { announceRefusal } from './announce';
import { Dialog } from './dialog';
import { useSentence } from './problem-alert';
import { QueryState } from './query-state';

export interface Editable<Item> {
  readonly record: Item;
  /** The entity tag that came with it, for the If-Match of a change */
  readonly tag: string | undefined;
  /** Begins the form again with the record as it is now, and with what was typed */
  readonly reload: () => void;
  /** What was typed, by the names of the fields */
  readonly typed: Map<string, Typed>;
}

interface Typed {
  readonly value: unknown;
  /** What was saved when it was typed */
  readonly over: unknown;
}

interface TypedField<Value> {
  readonly value: Value;
  readonly set: (value: Value) => void;
  /** Below the field: what a colleague has saved there since it was typed */
  readonly meanwhile: string | undefined;
}

/**
 * A field of the form of a record: the saved value until another is typed, which a reload keeps.
 * @param editable undefined for a new record
 * @param shown the saved value as people read it
 */
export function useTyped<Value>(
  editable: Pick<Editable<unknown>, 'typed'> | undefined,
  name: string,
  saved: Value,
  shown?: string,
): TypedField<Value> {
  const { t } = useTranslation();
  const [own, setOwn] = useState(
    () => editable?.typed.get(name) as { value: Value; over: Value } | undefined,
  );
  const set = (value: Value): void => {
    const next = { value, over: own?.over ?? saved };
    editable?.typed.set(name, next);
    setOwn(next);
  };
  const isOvertaken = own !== undefined && own.over !== saved;
  return {
    value: own ? own.value : saved,
    set,
    meanwhile: isOvertaken ? t('write.meanwhile', { value: shown ?? String(saved || '—') }) : undefined,
  };
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
 * renews; after a refusal for staleness it can begin again with the present ones, but for what was typed.
 */
export function RecordForm<Item>({ address, read, children, ...dialog }: RecordFormProps<Item>): ReactNode {
  const queries = useQueryClient();
  const sentence = useSentence();
  const queryKey = ['record', address];
  const [typed] = useState(() => new Map<string, Typed>());
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
        {children({ ...query.data, typed, reload: () => void reload() })}
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
