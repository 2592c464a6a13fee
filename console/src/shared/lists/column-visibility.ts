import { useLocalStorage } from '@mantine/hooks';
import type { Column } from './data-table';

export interface ColumnVisibility {
  readonly isVisible: (key: string) => boolean;
  readonly toggle: (key: string) => void;
}

/** The columns of a list that the user has chosen. Only this choice is stored in the browser, never data of the list. */
export function useColumnVisibility<Row>(list: string, columns: readonly Column<Row>[]): ColumnVisibility {
  const [choices, setChoices] = useLocalStorage<Record<string, boolean>>({
    key: `driver-loans.columns.${list}`,
    defaultValue: {},
    getInitialValueInEffect: false,
  });
  const isVisible = (key: string): boolean =>
    choices[key] ?? !columns.find((column) => column.key === key)?.optional;
  return { isVisible, toggle: (key) => setChoices({ ...choices, [key]: !isVisible(key) }) };
}
