/** Tells browsers what our pages may do: load from us alone, be framed by us alone. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isHost } from './origin.ts';

const INLINE_SCRIPT = /<script(?![^>]*\ssrc=)([^>]*)>([\s\S]*?)<\/script>/gi;
/** Scripts of other types are data, which browsers do not run. */
const EXECUTED_TYPE = /\stype=["']?(?:module|text\/javascript)\b/i;

/** The search's WebAssembly runs in a worker, and a worker obeys the policy of its own file: no page may compile any. */
const SEARCH_WORKER = '/pagefind/pagefind-worker.js';

/** Writes the headers of one reply. */
export type SetSecurityHeaders = (request: FastifyRequest, reply: FastifyReply) => void;

/** The headers for all replies. Inline scripts of the pages below `siteFolder` are allowed by their hashes, which are
 * taken once: pages that are built anew with other inline scripts need a restart. */
export async function securityHeaders(siteFolder: string | undefined): Promise<SetSecurityHeaders> {
  const hashes = siteFolder === undefined ? [] : await inlineScriptHashes(siteFolder);
  const scripts = ["script-src 'self'", ...hashes.map((hash) => `'sha256-${hash}'`)].join(' ');
  const others = [
    // xterm writes its colours and sizes into style elements.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
  ].join('; ');
  const after = "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'";
  return (request, reply) => {
    // Not every browser counts WebSockets of the same host as 'self'.
    const connect = isHost(request.host) ? `'self' ws://${request.host} wss://${request.host}` : "'self'";
    const wasm = request.url.split('?')[0] === SEARCH_WORKER ? " 'wasm-unsafe-eval'" : '';
    const before = `default-src 'self'; ${scripts}${wasm}; ${others}`;
    reply.header('content-security-policy', `${before}; connect-src ${connect}; ${after}`);
    reply.header('x-content-type-options', 'nosniff');
    reply.header('x-frame-options', 'SAMEORIGIN');
    reply.header('referrer-policy', 'same-origin');
    reply.header('cross-origin-opener-policy', 'same-origin');
  };
}

/** SHA-256 in base64 of each different inline script in the folder's pages. */
async function inlineScriptHashes(folder: string): Promise<string[]> {
  const files = await readdir(folder, { recursive: true });
  const hashes = new Set<string>();
  for (const file of files.filter((name) => name.endsWith('.html'))) {
    const html = await readFile(path.join(folder, file), 'utf8');
    for (const [, attributes = '', script = ''] of html.matchAll(INLINE_SCRIPT)) {
      if (/\stype=/i.test(attributes) && !EXECUTED_TYPE.test(attributes)) continue;
      hashes.add(createHash('sha256').update(script).digest('base64'));
    }
  }
  return [...hashes];
}
