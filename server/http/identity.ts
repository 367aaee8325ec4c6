/**
 * Who is asking: an anonymous learner, known by a signed cookie. Knows nothing about what learners do.
 *
 * The cookie carries a random id and the day it was given; the signature keeps others from making up either. It is given
 * by the API, never with the site's files, so that these stay the same for everybody and can be cached.
 */
import { randomBytes } from 'node:crypto';
import cookie from '@fastify/cookie';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** Name of the cookie. */
export const COOKIE = 'drydock';

const VALUE = /^([\w-]{22})\.([0-9a-z]{1,6})$/;
const DAY_MS = 24 * 60 * 60 * 1000;
const YEAR_SECONDS = 365 * 24 * 60 * 60;
/** Days after which the cookie is given again, so that it does not end for somebody who comes back. */
const RENEW_AFTER_DAYS = 30;

declare module 'fastify' {
  interface FastifyRequest {
    /** The learner's id; set on all routes of the API. */
    learner: string;
  }
}

/** Makes `request.learner` and cookies available on `app`. */
export async function addIdentity(app: FastifyInstance, secret: Buffer): Promise<void> {
  await app.register(cookie, { secret });
  app.decorateRequest('learner', '');
}

/** Sets `request.learner`. A stranger, or one whose cookie was tampered with, becomes a new learner and gets a cookie. */
export async function identify(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const today = Math.floor(Date.now() / DAY_MS);
  const known = readCookie(request);
  request.learner = known?.id ?? randomBytes(16).toString('base64url');
  if (known && today - known.day < RENEW_AFTER_DAYS) return;
  reply.setCookie(COOKIE, `${request.learner}.${today.toString(36)}`, {
    signed: true,
    httpOnly: true,
    sameSite: 'lax',
    path: '/',
    maxAge: YEAR_SECONDS,
    secure: request.protocol === 'https',
  });
}

function readCookie(request: FastifyRequest): { id: string; day: number } | undefined {
  const signed = request.cookies[COOKIE];
  if (signed === undefined) return undefined;
  const { valid, value } = request.unsignCookie(signed);
  const match = valid ? VALUE.exec(value) : null;
  return match?.[1] && match[2] ? { id: match[1], day: parseInt(match[2], 36) } : undefined;
}
