/** Ties the life of terminals to that of their sandboxes. Knows nothing about connections. */
import { CLOSE } from '../../protocol/messages.ts';
import type { Off } from '../sandbox/engine.ts';
import type { Entry } from '../sandbox/registry.ts';
import type { Sandboxes, TerminalHost } from './deps.ts';
import { MAIN, type TerminalList } from '../sandbox/terminal-list.ts';

const STOPPED = 'The lab has stopped.';

/** The key of a terminal: a sandbox that is reset gets new ones. */
export function terminalKey({ id, generation }: Pick<Entry, 'id' | 'generation'>, name: string): string {
  return `${id}/${generation}/${name}`;
}

/** The sandbox and the name that a key of `terminalKey` was made of; undefined for any other text. */
export function terminalOf(key: string): { id: string; generation: number; name: string } | undefined {
  const [, id, generation, name] = /^([^/]+)\/(\d+)\/([^/]+)$/.exec(key) ?? [];
  return id === undefined || name === undefined ? undefined : { id, generation: Number(generation), name };
}

/** What `Terminals` should call when a terminal ends: a main shell that ended for good ends its sandbox. */
export function endsSandbox(registry: Pick<Sandboxes, 'all' | 'markEnded'>) {
  return (key: string, exit: { lost: boolean }): void => {
    const entry = registry.all().find((one) => terminalKey(one, MAIN) === key);
    if (entry && !exit.lost) registry.markEnded(entry.id, STOPPED, entry.generation);
  };
}

/** Ends the terminals of sandboxes that are reset or end. Returns what stops it. */
export function followSandboxes(
  registry: Pick<Sandboxes, 'all' | 'onChange'>,
  terminals: Pick<TerminalHost, 'end'>,
  list: TerminalList,
): Off {
  const endAll = (entry: Entry, code: number): void => {
    for (const name of list.names(entry)) terminals.end(terminalKey(entry, name), closingOf(code));
    list.forget(entry);
  };
  const generations = new Map(registry.all().map((entry) => [entry.id, entry.generation]));
  return registry.onChange((entry) => {
    const before = generations.get(entry.id) ?? entry.generation;
    generations.set(entry.id, entry.generation);
    if (before !== entry.generation) endAll({ ...entry, generation: before }, CLOSE.reset);
    if (entry.state !== 'ended') return;
    endAll(entry, CLOSE.ended);
    generations.delete(entry.id);
  });
}

function closingOf(code: number): Parameters<TerminalHost['end']>[1] {
  return code === CLOSE.ended
    ? { code, reason: 'ended', message: { type: 'exit', reason: 'sandbox-ended', code: null } }
    : { code, reason: 'reset' };
}

/** What viewers are told when the program of this terminal ends: the main one lives as long as its sandbox. */
export function exitReason(key: string): 'shell-exited' | 'sandbox-ended' {
  return terminalOf(key)?.name === MAIN ? 'sandbox-ended' : 'shell-exited';
}

/** Whether anybody looks at a terminal of the sandbox. */
export function isWatched(
  sandbox: Pick<Entry, 'id' | 'generation'>,
  { terminals, list }: { terminals: { watched(key: string): boolean }; list: TerminalList },
): boolean {
  return list.names(sandbox).some((name) => terminals.watched(terminalKey(sandbox, name)));
}
