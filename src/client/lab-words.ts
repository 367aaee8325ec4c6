/** Puts the lab's state into words; the one place where these words stand. Pure: no DOM, no network. */
import type { EndCause, LabState, Trouble } from './lab-state.ts';

/** What the page shows for a state. */
export interface LabWords {
  /** One or two words for the lab bar. */
  readonly status: string;
  /** The notice over or above the terminal; undefined: none. */
  readonly notice: Notice | undefined;
}

export interface Notice {
  readonly title: string;
  readonly text: string;
  /** From 0 to 1; `unknown` while something goes on whose length is not known; undefined: nothing goes on. */
  readonly progress: number | 'unknown' | undefined;
  /** The text of the start button; undefined: no button. */
  readonly button: string | undefined;
  /** Offers more time. */
  readonly extend?: boolean;
}

/** The words for the state; undefined for `idle`, whose words stand in the page from the start. */
export function describe(state: LabState): LabWords | undefined {
  switch (state.name) {
    case 'idle':
      return undefined;
    case 'starting':
      return describeStarting(state);
    case 'ready':
      return { status: 'Ready', notice: undefined };
    case 'reconnecting':
      return describeReconnecting(state);
    case 'ended':
      return describeEnded(state);
  }
}

function describeStarting(state: LabState & { name: 'starting' }): LabWords {
  if (state.trouble && state.trouble !== 'connection') {
    const { status, title, text } = TROUBLE[state.trouble];
    return { status, notice: { title, text, progress: 'unknown', button: undefined } };
  }
  const doing = state.work === 'reset' ? 'Resetting' : 'Starting';
  const percent = state.progress === undefined ? '' : `, ${Math.round(state.progress * 100)} %`;
  const step =
    state.step ?? (state.work === 'reset' ? 'preparing a fresh sandbox' : 'preparing your sandbox');
  const text = `${step.charAt(0).toUpperCase()}${step.slice(1)}${percent}`;
  const progress = state.progress ?? 'unknown';
  return { status: doing, notice: { title: `${doing} the lab`, text, progress, button: undefined } };
}

function describeReconnecting({ trouble, typed, attempt }: LabState & { name: 'reconnecting' }): LabWords {
  const { status, text, title: alone } = TROUBLE[trouble];
  const counted = trouble === 'connection' || trouble === 'server';
  const title = counted ? `${alone}${attempt > 1 ? ` (${attempt})` : ''}…` : alone;
  const unsent = typed ? ' What you type meanwhile is not sent.' : '';
  return { status, notice: { title, text: `${text}${unsent}`, progress: 'unknown', button: undefined } };
}

/** Milliseconds before the end from which the end is told for good, rather than in passing. */
const LAST_CALL = 2 * 60_000;

/** What is said ahead of the lab's end, `left` milliseconds before it: in passing at first, then as a notice. */
export function describeExpiry(left: number): { readonly passing: string } | { readonly notice: Notice } {
  const minutes = Math.max(1, Math.round(left / 60_000));
  const when = minutes === 1 ? 'in a minute' : `in ${minutes} minutes`;
  const title = `The lab ends ${when}`;
  if (left > LAST_CALL) return { passing: `${title}. Stay longer if you need more time.` };
  const text = 'Its files are deleted then; passed tasks stay passed.';
  return { notice: { title, text, progress: undefined, button: undefined, extend: true } };
}

/** What a screen reader says when the lab gets into the state; empty where nothing is worth an interruption. */
export function announcement(state: LabState): string {
  const words = describe(state);
  if (state.name === 'starting' && state.trouble === undefined) return words?.notice?.title ?? '';
  // Without the number of attempts, which would be told again and again.
  if (state.name === 'reconnecting') return announced(describeReconnecting({ ...state, attempt: 1 }).notice);
  return words?.notice ? announced(words.notice) : state.name === 'ready' ? 'The lab is ready' : '';
}

const announced = (notice: Notice | undefined) => (notice ? `${notice.title}. ${notice.text}` : '');

function describeEnded({ cause, reason }: LabState & { name: 'ended' }): LabWords {
  const words = ENDED[cause];
  const text = reason === undefined ? words.text : words.withReason(reason);
  return {
    status: words.status,
    notice: { title: words.title, text, progress: undefined, button: 'Start again' },
  };
}

const TROUBLE: Record<Trouble, { status: string; title: string; text: string }> = {
  connection: {
    status: 'Reconnecting',
    title: 'Reconnecting',
    text: 'Your lab goes on running; its screen comes back by itself.',
  },
  offline: {
    status: 'Offline',
    title: 'You are offline',
    text: 'Your work is kept. This page goes on by itself when the network is back.',
  },
  server: {
    status: 'Reconnecting',
    title: 'Reconnecting',
    text: 'The server does not answer. Your work is kept; this page tries again by itself.',
  },
  engine: {
    status: 'Waiting for the engine',
    title: 'The engine is not answering',
    text: 'The engine that runs the labs is not answering. Your work is kept; this page tries again by itself.',
  },
  blocked: {
    status: 'Reconnecting',
    title: 'The terminal does not get through',
    text: 'The server answers, but the terminal’s connection is refused, perhaps by a proxy in between that does not pass WebSockets. This page tries again by itself.',
  },
};

interface EndWords {
  readonly status: string;
  readonly title: string;
  /** Without a known reason. */
  readonly text: string;
  withReason(reason: string): string;
}

const ENDED: Record<EndCause, EndWords> = {
  ended: {
    status: 'Ended',
    title: 'The lab has ended',
    text: 'Start again for a fresh sandbox; passed tasks stay passed.',
    withReason: (reason) => `${reason} Start again for a fresh sandbox; passed tasks stay passed.`,
  },
  learner: {
    status: 'Ended',
    title: 'You ended the lab',
    text: 'Passed tasks stay passed. Start again whenever you like.',
    withReason: (reason) => reason,
  },
  gone: {
    status: 'Ended',
    title: 'The lab has ended',
    text: 'The server has no sandbox of yours for this lesson any more. Passed tasks stay passed.',
    withReason: (reason) => reason,
  },
  failed: {
    status: 'Not started',
    title: 'The lab could not be started',
    text: 'The server gave no reason. The operator of this site can find it in the log.',
    withReason: (reason) => reason,
  },
  busy: {
    status: 'Not started',
    title: 'There is no room for this lab right now',
    text: 'Try again in a few minutes.',
    withReason: (reason) => reason,
  },
};
