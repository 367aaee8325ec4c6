/** The states of the lab in the page and how events lead from one to another. Pure: no DOM, no network. */
import type { SandboxInfo } from '../../protocol/api.ts';

/**
 * What keeps the lab from being reached, while the page tries again by itself. `connection`: just lost;
 * `offline`: this device has no network; `server`, `engine`: does not answer; `blocked`: the server answers, yet
 * terminals do not get through.
 */
export type Trouble = 'connection' | 'offline' | 'server' | 'engine' | 'blocked';

/**
 * Why a lab ended. `ended`: by the server's word; `learner`: by this learner; `gone`: the server does not know it;
 * `failed`: could not be started; `busy`: no room for it.
 */
export type EndCause = 'ended' | 'learner' | 'gone' | 'failed' | 'busy';

/** Where the lab stands. `name` is the value of `data-state` in the page. */
export type LabState =
  | { readonly name: 'idle' }
  | {
      readonly name: 'starting';
      readonly work: 'start' | 'reset';
      readonly step: string | undefined;
      /** From 0 to 1. */
      readonly progress: number | undefined;
      readonly trouble: Trouble | undefined;
    }
  | { readonly name: 'ready' }
  | {
      readonly name: 'reconnecting';
      readonly trouble: Trouble;
      /** How many times it was tried, the next time included. */
      readonly attempt: number;
      /** Keys were typed in vain. */ readonly typed: boolean;
    }
  | { readonly name: 'ended'; readonly cause: EndCause; readonly reason: string | undefined };

/** What can happen. */
export type LabEvent =
  | { readonly type: 'start' | 'resume' | 'reset' }
  /** The server tells about the sandbox. */
  | { readonly type: 'sandbox'; readonly info: SandboxInfo }
  /** The terminal's screen is drawn and takes input. */
  | { readonly type: 'drawn' }
  | { readonly type: 'trouble'; readonly trouble: Trouble; readonly attempt?: number }
  | { readonly type: 'typed' }
  /** There was none to come back to. */
  | { readonly type: 'forget' }
  | { readonly type: 'end'; readonly cause: EndCause; readonly reason?: string };

const starting = (work: 'start' | 'reset'): LabState => ({
  name: 'starting',
  work,
  step: undefined,
  progress: undefined,
  trouble: undefined,
});

/** The state after the event. */
export function next(state: LabState, event: LabEvent): LabState {
  switch (event.type) {
    case 'start':
    case 'reset':
      return starting(event.type);
    case 'resume':
      return { name: 'reconnecting', trouble: 'connection', attempt: 1, typed: false };
    case 'forget':
      return { name: 'idle' };
    case 'sandbox':
      return afterSandbox(state, event.info);
    case 'drawn':
      return state.name === 'starting' || state.name === 'reconnecting' ? { name: 'ready' } : state;
    case 'trouble':
      return afterTrouble(state, event.trouble, event.attempt ?? 1);
    case 'typed':
      return state.name === 'reconnecting' && !state.typed ? { ...state, typed: true } : state;
    case 'end':
      return afterEnd(state, event.cause, event.reason);
  }
}

function afterSandbox(state: LabState, info: SandboxInfo): LabState {
  switch (info.state) {
    case 'starting': {
      // A running lab that starts again has been reset, perhaps in another tab.
      const work = state.name === 'starting' ? state.work : state.name === 'ready' ? 'reset' : 'start';
      return { name: 'starting', work, step: info.step, progress: info.progress, trouble: undefined };
    }
    case 'ready':
      if (state.name === 'starting') return starting(state.work);
      return state.name === 'ready' || state.name === 'reconnecting' ? state : starting('start');
    case 'ended':
    case 'failed':
      return afterEnd(state, info.state, info.reason);
  }
}

function afterTrouble(state: LabState, trouble: Trouble, attempt: number): LabState {
  if (state.name === 'starting') return { ...state, trouble };
  if (state.name === 'ready') return { name: 'reconnecting', trouble, attempt, typed: false };
  if (state.name !== 'reconnecting') return state;
  return state.trouble === trouble && state.attempt === attempt ? state : { ...state, trouble, attempt };
}

function afterEnd(state: LabState, cause: EndCause, reason: string | undefined): LabState {
  // Several messengers bring the end; the first to know a reason is believed, and what the learner did needs none.
  if (
    state.name === 'ended' &&
    (state.cause === 'learner' || reason === undefined || state.reason !== undefined)
  ) {
    return state;
  }
  return { name: 'ended', cause, reason };
}
