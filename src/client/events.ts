/** A sandbox's events from the server, for as long as somebody wants them. Knows nothing about what they lead to. */
import type { SandboxEvent } from '../../protocol/api.ts';
import { backoff, pause } from './backoff.ts';
import { onWake } from './wake.ts';

/** What happens with the events of a sandbox. */
export interface EventHandlers {
  /** An event arrived. After each (re)connection the first is `state`, so nothing missed stays unknown. */
  event(event: SandboxEvent): void;
  /** The server refused the stream; it is tried again unless `event` or this ends it. */
  refused(): void;
}

/** Milliseconds out of sight after which the stream is let go: browsers allow few connections to one server. */
const LET_GO_AFTER = 15_000;

const KINDS = ['state', 'task', 'values', 'expiring'] as const;

/** Follows the sandbox's events, across lost connections, until the returned function is called. */
export function followEvents(id: string, handlers: EventHandlers): () => void {
  const ends = new AbortController();
  const { signal } = ends;
  let source: EventSource | undefined;
  let hiding: ReturnType<typeof setTimeout> | undefined;

  const letGo = () => {
    source?.close();
    source = undefined;
  };
  const open = (failures: number) => {
    if (source || signal.aborted) return;
    const opened = new EventSource(`/api/sandboxes/${encodeURIComponent(id)}/events`);
    source = opened;
    let refusals = failures;
    opened.addEventListener('open', () => (refusals = 0));
    for (const kind of KINDS) {
      opened.addEventListener(kind, (message: MessageEvent<string>) => {
        const event = parse(kind, message.data);
        if (event && source === opened) handlers.event(event);
      });
    }
    opened.addEventListener('error', () => {
      // After a lost connection the browser tries again by itself; it gives up when the server answers with a refusal.
      if (opened.readyState !== EventSource.CLOSED || source !== opened) return;
      source = undefined;
      handlers.refused();
      void pause(1000 + backoff(refusals), signal).then(() => open(refusals + 1));
    });
  };

  document.addEventListener(
    'visibilitychange',
    () => {
      clearTimeout(hiding);
      if (document.hidden) hiding = setTimeout(letGo, LET_GO_AFTER);
      else open(0);
    },
    { signal },
  );
  const offWake = onWake((slept) => {
    if (slept) letGo();
    open(0);
  });
  open(0);
  return () => {
    ends.abort();
    offWake();
    clearTimeout(hiding);
    letGo();
  };
}

function parse(event: (typeof KINDS)[number], text: string): SandboxEvent | undefined {
  try {
    const data: unknown = JSON.parse(text);
    return typeof data === 'object' && data !== null ? ({ event, data } as SandboxEvent) : undefined;
  } catch {
    // A broken event is as good as a missed one: the next `state` tells all there is to know.
    return undefined;
  }
}
