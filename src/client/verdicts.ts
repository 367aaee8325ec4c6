/** What a task shows after a verdict, and whether that is news to the learner. Pure: no DOM, no network. */
import type { SandboxInfo, Verdict } from '../../protocol/api.ts';
import { STATUS_WORDS } from './task-status.ts';
import type { ShownStatus } from './task-status.ts';

/** What a task shows. `tone` is the value of `data-tone` of its message. */
export interface Shown {
  readonly status: ShownStatus;
  /** Empty: there is nothing to say. */
  readonly message: string;
  readonly tone: Verdict['status'];
  /** It is looked at again by itself, since it will pass without the learner. */
  readonly waiting: boolean;
}

/** Said where a check has no words of its own. */
const DEFAULT_MESSAGE: Record<Verdict['status'], string> = {
  passed: 'Well done.',
  failed: 'Not done yet.',
  broken: 'This was done, and is undone again.',
  timeout: 'The check took too long. Try it again.',
  error: 'This check is faulty; it is not your fault.',
};

/** A task that nothing is known about. */
export const UNTOUCHED: Shown = { status: 'not-yet', message: '', tone: 'failed', waiting: false };

/** What the task shows after the verdict. A check that came to no end says nothing about the task's status. */
export function afterVerdict(before: Shown, { status, message, waiting = false }: Verdict): Shown {
  return {
    status: STATUS_AFTER[status] ?? before.status,
    message: message.trim() || DEFAULT_MESSAGE[status],
    tone: status,
    waiting: status === 'failed' && waiting,
  };
}

const STATUS_AFTER: Partial<Record<Verdict['status'], ShownStatus>> = {
  passed: 'passed',
  failed: 'not-yet',
  broken: 'broken',
};

/** What the task shows after the server has told its state, such as after a reload: only what differs changes. */
export function afterState(before: Shown, { status, message = '' }: SandboxInfo['tasks'][number]): Shown {
  const words = message.trim();
  const same = words === '' || words === before.message;
  if (same && before.status === status) return before;
  const tone = status === 'not-yet' ? 'failed' : status;
  // What was said about another status is not true of this one.
  return { status, message: words, tone, waiting: false };
}

/** Whether the learner learns something from `after` that `before` did not say. */
export function isNews(before: Shown, after: Shown): boolean {
  return before.status !== after.status || before.message !== after.message || before.tone !== after.tone;
}

/** The verdict in one or two sentences, for the ear. */
export function spoken(title: string, { status, message, waiting }: Shown): string {
  const again = waiting ? ' It is looked at again by itself.' : '';
  return `${title}: ${STATUS_WORDS[status]}. ${message}${again}`.trim();
}
