/** Calls to the server's HTTP interface, each with a deadline. Knows nothing about labs' states or the page. */
import type { ApiError, Progress, SandboxInfo, Verdict } from '../../protocol/api.ts';

/**
 * Why a call failed. `offline`: this device has no network; `unreachable`: nobody answers, or something else than
 * the server does; `timeout`: no answer within the deadline; `refused`: the server said no, see `code`.
 */
export type CallFailure = 'offline' | 'unreachable' | 'timeout' | 'refused';

/** A call that failed. `code`, `message` and `details` are the server's where `failure` is `refused`. */
export class CallError extends Error {
  readonly failure: CallFailure;
  readonly code: string;
  readonly details: unknown;

  constructor(
    failure: CallFailure,
    message: string,
    from: { code: string; details?: unknown } | string = failure,
  ) {
    super(message);
    this.name = 'CallError';
    this.failure = failure;
    this.code = typeof from === 'string' ? from : from.code;
    this.details = typeof from === 'string' ? undefined : from.details;
  }
}

/** What the lab needs of the server. Every call rejects with `CallError` only. */
export interface LabApi {
  /** The learner's sandbox of the lesson, a new one where none runs. May be repeated without harm. */
  start(lesson: string): Promise<SandboxInfo>;
  get(id: string): Promise<SandboxInfo>;
  end(id: string): Promise<void>;
  reset(id: string): Promise<SandboxInfo>;
  extend(id: string): Promise<SandboxInfo>;
  check(id: string, task: string): Promise<Verdict>;
  /** Whether an engine answers. */
  engineAnswers(): Promise<boolean>;
}

/** The address of a sandbox, or of what belongs to it. */
export const sandboxPath = (id: string, rest = ''): string =>
  `/api/sandboxes/${encodeURIComponent(id)}${rest}`;

/** What this learner has done in all lessons. Rejects with `CallError`. */
export function getProgress(): Promise<Progress> {
  return call('GET', '/api/progress');
}

/** Whether this device says that it has no network. */
export function isOffline(): boolean {
  return 'onLine' in navigator && !navigator.onLine;
}

let clockOffset = 0;

/** The server's time in milliseconds, as its last answer told: this device's clock may be wrong. */
export function serverNow(): number {
  return Date.now() + clockOffset;
}

/** How a request is made. */
export interface RequestOptions {
  body?: unknown;
  /** Milliseconds. */
  deadline?: number;
}

/**
 * The server's answer; its body is taken to have the type of the contract, since page and server come from one build.
 * Rejects with `CallError`.
 */
export async function call<T>(method: string, path: string, options: RequestOptions = {}): Promise<T> {
  const response = await request(method, path, options);
  if (response.status === 204) return undefined as T;
  const body = await readJson(response);
  if (response.ok) return body as T;
  const error = (body as Partial<ApiError>).error;
  // A proxy in between may answer in the server's place while it is down.
  if (typeof error?.message !== 'string') throw unreachable();
  throw new CallError('refused', error.message, { code: error.code, details: error.details });
}

/** The raw answer, whatever its status. Rejects with `CallError` where there is none. */
export async function request(
  method: string,
  path: string,
  { body, deadline = 15_000 }: RequestOptions,
): Promise<Response> {
  const init: RequestInit = { method, signal: AbortSignal.timeout(deadline), cache: 'no-store' };
  if (body !== undefined) {
    init.headers = { 'content-type': 'application/json' };
    init.body = JSON.stringify(body);
  }
  const response = await fetch(path, init).catch((error: unknown) => Promise.reject(networkError(error)));
  const date = Date.parse(response.headers.get('date') ?? '');
  // The header is cut to whole seconds.
  if (!Number.isNaN(date)) clockOffset = date + 500 - Date.now();
  return response;
}

/** The answer's body. Rejects with `CallError` where it is no JSON object, so not from the server. */
export async function readJson(response: Response): Promise<object> {
  const text = await response.text().catch((error: unknown) => Promise.reject(networkError(error)));
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === 'object' && body !== null) return body;
  } catch {
    // Not JSON, so not from the server: the same as no answer.
  }
  throw unreachable();
}

function networkError(error: unknown): CallError {
  if (error instanceof DOMException && error.name === 'TimeoutError') {
    return new CallError('timeout', 'The server did not answer in time.');
  }
  return isOffline() ? new CallError('offline', 'You are offline.') : unreachable();
}

function unreachable(): CallError {
  return new CallError('unreachable', 'The server does not answer.');
}
