type Fields = Readonly<Record<string, unknown>>;

/** The fields whose value differs, as they were and as they are; all of them where there is only one side. */
export function changedFields(before?: object, after?: object): { before?: object; after?: object } {
  if (!before || !after) return { before, after };
  const was = asJson(before);
  const is = asJson(after);
  const differs = (field: string): boolean => JSON.stringify(was[field]) !== JSON.stringify(is[field]);
  return { before: only(was, differs), after: only(is, differs) };
}

/** Whether the record has all these values already. What is undefined is not to change. */
export function changesNothing(record: object, changes: object): boolean {
  const is = asJson(record);
  return Object.entries(asJson(changes)).every(
    ([field, value]) => JSON.stringify(is[field]) === JSON.stringify(value),
  );
}

/** As an answer would carry it: dates as texts. */
function asJson(record: object): Fields {
  return JSON.parse(JSON.stringify(record)) as Fields;
}

function only(record: Fields, isMeant: (field: string) => boolean): Fields {
  return Object.fromEntries(Object.entries(record).filter(([field]) => isMeant(field)));
}
