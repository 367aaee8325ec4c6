/** The calls of a lesson's tasks: typing, hints, help, quizzes. Each with a deadline and none repeated. */
import type { HelpKind, HintAnswer, TypeRequest } from '../../protocol/api.ts';
import type { Answer, QuizVerdict } from '../../protocol/quiz.ts';
import { CallError, call, sandboxPath } from './api.ts';

/** Why the server does not type: something runs, something stands at the prompt, or another text is being typed. */
export interface TypingConflict {
  readonly reason: 'running' | 'line-not-empty' | 'typing';
  /** What stands at the prompt. */
  readonly line: string;
}

/** Where something is typed. */
export interface TypingPlace {
  readonly sandbox: string;
  readonly terminal: string;
}

/**
 * Types into a terminal of a sandbox; resolves when the first line was typed. Rejects with `CallError`; after
 * anything but `refused` it is not known whether something was typed.
 */
export function typeInto(place: TypingPlace, request: TypeRequest): Promise<void> {
  const path = sandboxPath(place.sandbox, `/terminals/${encodeURIComponent(place.terminal)}/type`);
  return call('POST', path, { body: request, deadline: 20_000 });
}

/** What stands in the way of typing, where that is why the call was refused. */
export function conflictOf(error: unknown): TypingConflict | undefined {
  if (!(error instanceof CallError) || error.code !== 'conflict') return undefined;
  const { reason, line } = (error.details ?? {}) as Partial<TypingConflict>;
  if (reason !== 'running' && reason !== 'line-not-empty' && reason !== 'typing') return undefined;
  return { reason, line: typeof line === 'string' ? line : '' };
}

/** What the task's hint script says about the sandbox; empty where it has nothing to say. Rejects with `CallError`. */
export async function askHint(sandbox: string, task: string): Promise<string> {
  const path = sandboxPath(sandbox, `/tasks/${encodeURIComponent(task)}/hint`);
  const { message } = await call<HintAnswer>('POST', path, { deadline: 20_000 });
  return message.trim();
}

/** Tells the server that help was taken. Never rejects: nobody waits for it, and it may get lost. */
export function recordHelp(lesson: string, task: string, kind: HelpKind): void {
  call('POST', '/api/help', { body: { lesson, task, kind } }).catch(() => {});
}

/** Judges an answer. `lesson` is `course/slug`. Rejects with `CallError`. */
export function answerQuiz(lesson: string, quiz: string, answer: Answer): Promise<QuizVerdict> {
  return call('POST', `/api/lessons/${lesson}/quizzes/${encodeURIComponent(quiz)}`, { body: answer });
}

/** A name that no other request has. `crypto.randomUUID` is missing over plain HTTP from another machine. */
export function freshId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
