/**
 * Keeps other web pages away from the API: which host names we answer to, and which origins may change something.
 * Knows nothing about learners and routes.
 *
 * A page of another origin could have the learner's browser call us; browsers name the page in `Origin`, so everything
 * that changes something, and every WebSocket, is refused for origins that are not ours. A page could also make its own
 * host name point at this machine (DNS rebinding) and so share our origin; it cannot choose the `Host` that the browser
 * sends. Connections to a loopback address therefore must name a loopback host, an IP address, or the host of an
 * allowed origin. Where the server is reached over the network, any name is accepted: whoever set it up chose the name,
 * the server is as reachable for others without tricks, and cookies are bound to the name that gave them. The same
 * holds behind a trusted proxy, which decides by itself which names lead here.
 */
import { isIP } from 'node:net';
import type { FastifyRequest } from 'fastify';
import { DrydockError } from '../errors.ts';

export interface OriginRules {
  readonly allowedOrigins: readonly string[];
  readonly trustProxy: boolean;
}

const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);
const HOST = /^(?:\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::\d{1,5})?$/i;

/** Whether this can be the value of a `Host` header: a name or an IP address, with an optional port. */
export function isHost(text: string): boolean {
  return HOST.test(text);
}

/** Throws `forbidden` for a host name that is not ours. A request without one does not come from a browser. */
export function checkHost(request: FastifyRequest, rules: OriginRules): void {
  if (request.host === '') return;
  if (!isHost(request.host)) {
    throw new DrydockError('invalid', 'Host: expected a host name or an IP address, with an optional port');
  }
  if (rules.trustProxy || !isLoopback(request.socket.localAddress ?? '127.0.0.1')) return;
  const name = nameOf(request.host);
  if (name === 'localhost' || name.endsWith('.localhost') || isIP(name) > 0) return;
  if (rules.allowedOrigins.some((origin) => new URL(origin).hostname === name)) return;
  throw new DrydockError(
    'forbidden',
    `This server does not go by the name "${name}". If it should, add its address to the allowed origins.`,
  );
}

/** Throws `forbidden` for a foreign origin, where it matters. No origin at all is not a browser's. */
export function checkOrigin(request: FastifyRequest, rules: OriginRules): void {
  const { origin } = request.headers;
  const matters = !SAFE_METHODS.has(request.method) || request.headers.upgrade !== undefined;
  if (!matters || origin === undefined) return;
  if (rules.allowedOrigins.includes(origin) || isSameHost(origin, request.host)) return;
  throw new DrydockError('forbidden', 'Pages of another origin may not use this server.', {
    details: {
      field: 'Origin',
      expected: ['this host', ...rules.allowedOrigins].join(' or '),
      found: origin.slice(0, 200),
    },
  });
}

/** The scheme is left out of it: a proxy that ends TLS may not tell us. */
function isSameHost(origin: string, host: string): boolean {
  const url = URL.parse(origin);
  if (url === null || !/^https?:$/.test(url.protocol)) return false;
  return url.host === URL.parse(`${url.protocol}//${host}`)?.host;
}

function nameOf(host: string): string {
  return host
    .replace(/:\d+$/, '')
    .replace(/^\[|\]$/g, '')
    .toLowerCase();
}

function isLoopback(address: string): boolean {
  return address === '::1' || /^(?:::ffff:)?127\./.test(address);
}
