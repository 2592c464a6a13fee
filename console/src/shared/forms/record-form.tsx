import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Fragment, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../../api/problem';
import { notifyError } from '../page/notify';
import { useProblemText } from '../page/problem-alert';
import { QueryState } from '../page/query-state';
import { Dialog } from './dialog';

export interface Editable<Item> {
  readonly record: Item;
  /** The entity tag of the record, for If-Match */
  readonly tag: string | undefined;
  /** Loads the current record into the form and keeps the edits */
  readonly reload: () => void;
  /** The edits of the user by field name */
  readonly edits: Map<string, Edit>;
}

interface Edit {
  readonly value: unknown;
  /** The saved value when the edit began */
  readonly original: unknown;
}

export interface EditedField<Value> {
  readonly value: Value;
  readonly set: (value: Value) => void;
  /** The value that another user has saved since the edit began, as a sentence */
  readonly savedMeanwhile: string | undefined;
}

/**
 * A field of the form of a record: the saved value, or the edit of the user, which a reload keeps.
 * @param editable undefined for a new record
 * @param label the saved value as users read it
 */
export function useEditedField<Value>(
  editable: Pick<Editable<unknown>, 'edits'> | undefined,
  name: string,
  saved: Value,
  label?: string,
): EditedField<Value> {
  const { t } = useTranslation();
  const [edit, setEdit] = useState(
    () => editable?.edits.get(name) as { value: Value; original: Value } | undefined,
  );
  const set = (value: Value): void => {
    const next = { value, original: edit?.original ?? saved };
    editable?.edits.set(name, next);
    setEdit(next);
  };
  const hasConflict = edit !== undefined && edit.original !== saved;
  const savedMeanwhile = hasConflict
    ? t('write.savedMeanwhile', { value: label ?? String(saved || '—') })
    : undefined;
  return { value: edit ? edit.value : saved, set, savedMeanwhile };
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
 * A form that changes a record. Values and entity tag come from one response, and the page behind the form does not refresh them.
 * After a 412 the form can load the current record and keep the edits of the user.
 */
export function RecordForm<Item>({ address, read, children, ...dialog }: RecordFormProps<Item>): ReactNode {
  const queries = useQueryClient();
  const problemText = useProblemText();
  const queryKey = ['record', address];
  const [edits] = useState(() => new Map<string, Edit>());
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
    // also refreshes the page behind the form
    await queries.invalidateQueries();
    const { error } = queries.getQueryState(queryKey) ?? {};
    if (error) notifyError(problemText(asProblem(error)));
  };
  if (query.data !== undefined) {
    return (
      <Fragment key={query.dataUpdatedAt}>
        {children({ ...query.data, edits, reload: () => void reload() })}
      </Fragment>
    );
  }
  // no dialog while loading: it would only be visible for a moment
  return (
    query.error && (
      <Dialog {...dialog}>
        <QueryState query={query}>{() => null}</QueryState>
      </Dialog>
    )
  );
}
