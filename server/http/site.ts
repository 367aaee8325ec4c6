/** Serves the built site. Knows nothing about the API. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/** Astro puts a hash of the content into the names of these files: they never change. */
const HASHED = '/_astro/';
const FOREVER = 'public, max-age=31536000, immutable';
/** Kept by the browser, but asked for again with its ETag. */
const ASK_AGAIN = 'no-cache';

const NOT_FOUND_PAGE = '404.html';

/** Serves all files below `folder`. Pages have a trailing slash; without it there is a redirect. */
export async function addSite(app: FastifyInstance, folder: string): Promise<void> {
  await app.register(fastifyStatic, {
    root: folder,
    redirect: true,
    preCompressed: true,
    dotfiles: 'ignore',
    cacheControl: false,
    setHeaders(reply, file) {
      const hashed = `/${path.relative(folder, file).split(path.sep).join('/')}`.startsWith(HASHED);
      reply.header('cache-control', hashed ? FOREVER : ASK_AGAIN);
    },
  });
}

/** Whether the site has a page of its own for unknown addresses. */
export function hasNotFoundPage(folder: string | undefined): boolean {
  return folder !== undefined && existsSync(path.join(folder, NOT_FOUND_PAGE));
}

/** Name of that page, for `reply.sendFile`. */
export const notFoundPage = NOT_FOUND_PAGE;
