import type { FastifyInstance } from 'fastify';

/** Which methods each address has, as an answer for a method that it does not have must name them. */
export class RouteMethods {
  private readonly methodsOf = new Map<string, Set<string>>();

  /** Collects the routes that are registered from now on. */
  static of(fastify: FastifyInstance): RouteMethods {
    const routes = new RouteMethods();
    fastify.addHook('onRoute', ({ url, method }) => {
      // where preflights that CORS does not answer end up
      if (url === '*') return;
      const methods = routes.methodsOf.get(url) ?? new Set();
      for (const one of [method].flat()) methods.add(one);
      routes.methodsOf.set(url, methods);
    });
    return routes;
  }

  /** The methods of the address in a request, in alphabetical order; none if no route has it. */
  allowedAt(url: string): string[] {
    const path = (url.split('?')[0] ?? '').replace(/(?<=.)\/$/, '');
    const routes = [...this.methodsOf].filter(([pattern]) => matches(pattern, path));
    return [...new Set(routes.flatMap(([, methods]) => [...methods]))].toSorted();
  }
}

function matches(pattern: string, path: string): boolean {
  const source = pattern
    .split('/')
    .map((segment) => (segment.startsWith(':') ? '[^/]+' : escapeSegment(segment)))
    .join('/');
  return new RegExp(`^${source}$`).test(path);
}

function escapeSegment(text: string): string {
  return text.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
}
