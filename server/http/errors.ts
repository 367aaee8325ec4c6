/** Turns whatever was thrown into the one error form of the API. Knows nothing about what the routes do. */
import type { Socket } from 'node:net';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ApiError } from '../../protocol/api.ts';
import { DrydockError, toDrydockError, type ErrorCode } from '../errors.ts';
import { allowedMethods } from './known-routes.ts';

const STATUS: Readonly<Record<ErrorCode, number>> = {
  invalid: 400,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  busy: 429,
  internal: 500,
  'engine-unavailable': 503,
  'lab-unavailable': 503,
  timeout: 504,
};

/** Seconds after which trying again makes sense. */
const RETRY_AFTER: Partial<Record<ErrorCode, number>> = { busy: 30, 'engine-unavailable': 5 };

/** Codes for refusals that come from HTTP itself and have no `ErrorCode`. */
const HTTP_CODES: Readonly<Record<number, string>> = {
  400: 'invalid',
  403: 'forbidden',
  404: 'not-found',
  413: 'too-large',
  415: 'unsupported-media-type',
};

/** What was thrown, as an error with a meaning. A deadline that passed is told apart from our own faults. */
export function meaningOf(error: unknown): DrydockError {
  if (error instanceof DOMException && error.name === 'TimeoutError') {
    return new DrydockError('timeout', 'The server waited too long for the lab. Try again.', {
      cause: error,
    });
  }
  return toDrydockError(error);
}

/** The body of an error. */
export function errorBody(code: string, message: string, details?: unknown): ApiError {
  return { error: details === undefined ? { code, message } : { code, message, details } };
}

/** Answers with the form and status that fit what was thrown. Our own faults are logged and told by their id only. */
export function sendError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { code, message, details } = meaningOf(error);
  if (code !== 'internal') {
    const retryAfter = RETRY_AFTER[code];
    if (retryAfter !== undefined) reply.header('retry-after', retryAfter);
    return reply.code(STATUS[code]).send(errorBody(code, message, details));
  }
  const status = httpStatusOf(error);
  if (status !== undefined && error instanceof Error) {
    const words = status === 415 ? 'Expected the content type application/json.' : error.message;
    return reply.code(status).send(errorBody(HTTP_CODES[status] ?? 'invalid', words));
  }
  request.log.error({ err: error, method: request.method, url: request.url }, 'a request failed');
  const words = `Something went wrong on the server. Its log has the cause under the id ${request.id}.`;
  return reply.code(500).send(errorBody('internal', words, { id: request.id }));
}

/** The status of a refusal by Fastify or a plugin of it; undefined for our own faults. */
function httpStatusOf(error: unknown): number | undefined {
  const status = error instanceof Error ? (error as Partial<FastifyError>).statusCode : undefined;
  return status !== undefined && status >= 400 && status < 500 ? status : undefined;
}

/** Answers for a path or method that no route has. */
export function sendNoRoute(
  app: FastifyInstance,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const path = request.url.split('?')[0] ?? '';
  const methods = allowedMethods(app, path);
  if (methods.length === 0)
    return reply.code(404).send(errorBody('not-found', `There is nothing at ${path}.`));
  const message = `Expected ${methods.join(' or ')} at ${path}, found ${request.method}.`;
  return reply.code(405).header('allow', methods.join(', ')).send(errorBody('method-not-allowed', message));
}

/** Answers a connection whose bytes are not HTTP, then ends it. */
export function refuseConnection(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const tooLarge = error.code === 'HPE_HEADER_OVERFLOW';
  const status = tooLarge ? '431 Request Header Fields Too Large' : '400 Bad Request';
  const body = JSON.stringify(
    errorBody('invalid', tooLarge ? 'The headers are too large.' : 'Expected an HTTP request.'),
  );
  const head = `HTTP/1.1 ${status}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}`;
  socket.end(`${head}\r\nConnection: close\r\n\r\n${body}`);
}
