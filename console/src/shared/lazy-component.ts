import type { ComponentType, LazyExoticComponent } from 'react';
import { lazy, useEffect } from 'react';

interface LazyComponent<Props> {
  readonly Component: LazyExoticComponent<ComponentType<Props>>;
  /** Loads the component after the first render, so that it is there when it is needed, even without a connection */
  readonly usePreload: () => void;
}

/** A component in its own chunk, which the first page does not wait for. */
export function lazyComponent<Props>(load: () => Promise<ComponentType<Props>>): LazyComponent<Props> {
  return {
    Component: lazy(async () => ({ default: await load() })),
    usePreload: () =>
      useEffect(() => {
        // an error appears when the component is rendered
        load().catch(() => undefined);
      }, []),
  };
}
