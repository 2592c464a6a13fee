import type { ReactElement, ReactNode } from 'react';
import { cloneElement, createContext, useContext, useEffect, useState, useSyncExternalStore } from 'react';
import type { ApiProblem } from '../../api/problem';
import { formatDate } from '../format';

interface KnownField {
  readonly label: string;
  readonly isShown: boolean;
}

interface State {
  /** By the field names of the API */
  readonly fields: ReadonlyMap<string, KnownField>;
  readonly problems: readonly ApiProblem[];
}

const EMPTY: State = { fields: new Map(), problems: [] };

/** Connects the fields of a form with its alerts. */
class FormErrors {
  private readonly listeners = new Set<() => void>();
  private state = EMPTY;

  readonly current = (): State => this.state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Registers a visible field. Returns a function that marks it as hidden; its label remains known. */
  showField(name: string, label: string): () => void {
    const set = (isShown: boolean): void =>
      this.change({ fields: new Map(this.state.fields).set(name, { label, isShown }) });
    set(true);
    return () => set(false);
  }

  /** Registers the problem of an alert. Returns a function that removes it. */
  showProblem(problem: ApiProblem): () => void {
    this.change({ problems: [...this.state.problems, problem] });
    return () => this.change({ problems: this.state.problems.filter((other) => other !== problem) });
  }

  private change(changes: Partial<State>): void {
    this.state = { ...this.state, ...changes };
    for (const listener of this.listeners) listener();
  }
}

const FormContext = createContext(new FormErrors());

/** Shows the field errors of an alert in this form next to the fields. */
export function FormScope({ children }: { readonly children: ReactNode }): ReactNode {
  const [errors] = useState(() => new FormErrors());
  return <FormContext value={errors}>{children}</FormContext>;
}

interface FieldProps {
  /** The field name of the API */
  readonly of: string;
  /** For an input that has its label inside */
  readonly label?: string;
  readonly children: ReactElement<{ label?: ReactNode; error?: ReactNode }>;
}

/** An input of a form. Shows the API error of its field next to it. */
export function Field({ of, label, children }: FieldProps): ReactNode {
  const errors = useContext(FormContext);
  const { fields, problems } = useSyncExternalStore(errors.subscribe, errors.current);
  const { label: inputLabel, error } = children.props;
  const shownLabel = label ?? (typeof inputLabel === 'string' ? inputLabel : of);
  useEffect(() => errors.showField(of, shownLabel), [errors, of, shownLabel]);
  const message = problems.map((problem) => problem.fieldError(of)).find((text) => text !== undefined);
  return cloneElement(children, { error: error || (message && withLabels(message, fields)) });
}

interface FormContextOfProblem {
  /** Replaces field names of the API by the labels of the form */
  readonly withLabels: (sentence: string) => string;
  readonly isShownAtField: (field: string) => boolean;
}

/** Registers the problem of an alert at the form around it. */
export function useFormErrors(problem: ApiProblem): FormContextOfProblem {
  const errors = useContext(FormContext);
  const { fields } = useSyncExternalStore(errors.subscribe, errors.current);
  useEffect(() => errors.showProblem(problem), [errors, problem]);
  // the columns of a file have the names of fields, and the file has no labels
  const labelled = problem.code.startsWith('IMPORT_') ? EMPTY.fields : fields;
  return {
    withLabels: (sentence) => withLabels(sentence, labelled),
    isShownAtField: (field) => fields.get(field)?.isShown === true,
  };
}

function withLabels(sentence: string, fields: State['fields']): string {
  let text = sentence;
  for (const [path, { label }] of fields) {
    const name = path.split('.').at(-1) ?? path;
    // a name of one word, for example "amount", can also be an ordinary word of the sentence
    const pattern = new RegExp(name.includes('_') ? `\\b${name}\\b` : `^${name}\\b`, 'gi');
    text = text.replace(pattern, () => label);
  }
  return text.replace(/\b\d{4}-\d{2}-\d{2}\b/g, (date) => formatDate(date));
}
