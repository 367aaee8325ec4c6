/** Remembers which paths and methods the app has, so that a wrong method can be told from a wrong path. */
import type { FastifyInstance } from 'fastify';

export interface KnownRoute {
  /** With its parameters, such as `/api/sandboxes/:id`; `*` is the rest of the path. */
  readonly url: string;
  readonly method: string;
  /** Matches the paths of the route. */
  readonly pattern: RegExp;
}

const routesOf = new WeakMap<FastifyInstance, KnownRoute[]>();

/** Starts to remember; call it before the first route. The site's route for all other paths is left out. */
export function rememberRoutes(app: FastifyInstance): void {
  const routes: KnownRoute[] = [];
  routesOf.set(app, routes);
  app.addHook('onRoute', ({ url, method }) => {
    if (url === '/*' || url === '*') return;
    const parts = url
      .replace(/[.]/g, '\\.')
      .replace(/:[^/]+/g, '[^/]+')
      .replace('*', '.+');
    const pattern = new RegExp(`^${parts}$`);
    for (const one of [method].flat()) routes.push({ url, method: one, pattern });
  });
}

/** All routes but the site's. */
export function knownRoutes(app: FastifyInstance): readonly KnownRoute[] {
  return routesOf.get(app) ?? [];
}

/** The methods that the app has for this path; none where it has no such path. */
export function allowedMethods(app: FastifyInstance, path: string): string[] {
  const fitting = knownRoutes(app).filter(({ pattern }) => pattern.test(path));
  return [...new Set(fitting.map(({ method }) => method))];
}
