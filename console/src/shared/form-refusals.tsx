import type { ReactElement, ReactNode } from 'react';
import { cloneElement, createContext, useContext, useEffect, useState, useSyncExternalStore } from 'react';
import type { ApiProblem } from '../api/problem';
import { formatDate } from './format';

interface KnownField {
  readonly label: string;
  readonly isShown: boolean;
}

interface State {
  /** By the names that the API gives them */
  readonly fields: ReadonlyMap<string, KnownField>;
  readonly problems: readonly ApiProblem[];
}

const EMPTY: State = { fields: new Map(), problems: [] };

/** What a form's fields and its alerts know of each other. */
class FormRefusals {
  private readonly listeners = new Set<() => void>();
  private state = EMPTY;

  readonly current = (): State => this.state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** A field is on the screen. Answers how to take it off; its label stays known. */
  showField(name: string, label: string): () => void {
    const set = (isShown: boolean): void =>
      this.change({ fields: new Map(this.state.fields).set(name, { label, isShown }) });
    set(true);
    return () => set(false);
  }

  /** An alert shows the problem. Answers how to take it back. */
  showProblem(problem: ApiProblem): () => void {
    this.change({ problems: [...this.state.problems, problem] });
    return () => this.change({ problems: this.state.problems.filter((other) => other !== problem) });
  }

  private change(changes: Partial<State>): void {
    this.state = { ...this.state, ...changes };
    for (const listener of this.listeners) listener();
  }
}

const FormContext = createContext(new FormRefusals());

/** Around a form: what an alert within it says of a field stands beside that field. */
export function FormScope({ children }: { readonly children: ReactNode }): ReactNode {
  const [refusals] = useState(() => new FormRefusals());
  return <FormContext value={refusals}>{children}</FormContext>;
}

interface FieldProps {
  /** The name that the API gives the field */
  readonly of: string;
  /** Where the input brings its own */
  readonly label?: string;
  readonly children: ReactElement<{ label?: ReactNode; error?: ReactNode }>;
}

/** An input of a form: the refusal of its value stands beside it, under its own label. */
export function Field({ of, label, children }: FieldProps): ReactNode {
  const refusals = useContext(FormContext);
  const { fields, problems } = useSyncExternalStore(refusals.subscribe, refusals.current);
  const { label: own, error } = children.props;
  const shown = label ?? (typeof own === 'string' ? own : of);
  useEffect(() => refusals.showField(of, shown), [refusals, of, shown]);
  const refused = problems.map((problem) => problem.fieldError(of)).find((message) => message !== undefined);
  return cloneElement(children, { error: error || (refused && inWords(refused, fields)) });
}

interface Said {
  /** The sentence with the labels of the form for the API's names */
  readonly inWords: (sentence: string) => string;
  readonly isBesideField: (field: string) => boolean;
}

/** Tells the fields of the form around it about the problem. */
export function useFormRefusals(problem: ApiProblem): Said {
  const refusals = useContext(FormContext);
  const { fields } = useSyncExternalStore(refusals.subscribe, refusals.current);
  useEffect(() => refusals.showProblem(problem), [refusals, problem]);
  return {
    inWords: (sentence) => inWords(sentence, fields),
    isBesideField: (field) => fields.get(field)?.isShown === true,
  };
}

function inWords(sentence: string, fields: State['fields']): string {
  let words = sentence;
  for (const [path, { label }] of fields) {
    const name = path.split('.').at(-1) ?? path;
    // a name of one word, such as amount, may stand in a sentence as that word
    const named = new RegExp(name.includes('_') ? `\\b${name}\\b` : `^${name}\\b`, 'gi');
    words = words.replace(named, () => label);
  }
  return words.replace(/\b\d{4}-\d{2}-\d{2}\b/g, (date) => formatDate(date));
}
