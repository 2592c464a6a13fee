import { useLocalStorage } from '@mantine/hooks';
import type { Column } from './data-table';

/** Which columns the user wants of a list, kept in this browser. A choice about looks: nothing of the books is in it. */
export function useChosenColumns<Row>(
  list: string,
  columns: readonly Column<Row>[],
): { isShown: (key: string) => boolean; toggle: (key: string) => void } {
  const [choices, setChoices] = useLocalStorage<Record<string, boolean>>({
    key: `driver-loans.columns.${list}`,
    defaultValue: {},
    getInitialValueInEffect: false,
  });
  const isShown = (key: string): boolean =>
    choices[key] ?? !columns.find((column) => column.key === key)?.optional;
  return { isShown, toggle: (key) => setChoices({ ...choices, [key]: !isShown(key) }) };
}
