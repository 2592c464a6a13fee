import type { FastifyInstance } from 'fastify';

/** The methods of each path. A response to an unsupported method must list them. */
export class RouteMethods {
  private readonly methodsOf = new Map<string, Set<string>>();

  /** Collects the routes registered from now on. */
  static of(fastify: FastifyInstance): RouteMethods {
    const routes = new RouteMethods();
    fastify.addHook('onRoute', ({ url, method }) => {
      // the route for preflights that CORS does not answer
      if (url === '*') return;
      const methods = routes.methodsOf.get(url) ?? new Set();
      for (const one of [method].flat()) methods.add(one);
      routes.methodsOf.set(url, methods);
    });
    return routes;
  }

  /** The methods of the path in a URL, sorted. Empty if no route matches. */
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
