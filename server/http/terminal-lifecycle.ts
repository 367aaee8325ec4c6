/** Ties the life of terminals to that of their sandboxes. Knows nothing about connections. */
import { CLOSE } from '../../protocol/messages.ts';
import type { Off } from '../sandbox/engine.ts';
import type { Entry } from '../sandbox/registry.ts';
import type { Sandboxes, TerminalHost } from './deps.ts';
import { TERMINALS } from './sandbox-view.ts';

const STOPPED = 'The lab has stopped.';

/** The key of a terminal: a sandbox that is reset gets new ones. */
export function terminalKey({ id, generation }: Pick<Entry, 'id' | 'generation'>, name: string): string {
  return `${id}/${generation}/${name}`;
}

/** What `Terminals` should call when a terminal ends: a main shell that ended for good ends its sandbox. */
export function endsSandbox(registry: Pick<Sandboxes, 'all' | 'markEnded'>) {
  return (key: string, exit: { lost: boolean }): void => {
    const entry = registry.all().find((one) => terminalKey(one, 'main') === key);
    if (entry && !exit.lost) registry.markEnded(entry.id, STOPPED, entry.generation);
  };
}

/** Ends the terminals of sandboxes that are reset or end. Returns what stops it. */
export function followSandboxes(
  registry: Pick<Sandboxes, 'all' | 'onChange'>,
  terminals: Pick<TerminalHost, 'end'>,
): Off {
  const generations = new Map(registry.all().map((entry) => [entry.id, entry.generation]));
  return registry.onChange((entry) => {
    const before = generations.get(entry.id) ?? entry.generation;
    generations.set(entry.id, entry.generation);
    if (before !== entry.generation) endAll(terminals, { ...entry, generation: before }, CLOSE.reset);
    if (entry.state !== 'ended') return;
    endAll(terminals, entry, CLOSE.ended);
    generations.delete(entry.id);
  });
}

function endAll(terminals: Pick<TerminalHost, 'end'>, entry: Entry, code: number): void {
  const close =
    code === CLOSE.ended
      ? { code, reason: 'ended', message: { type: 'exit', reason: 'sandbox-ended', code: null } as const }
      : { code, reason: 'reset' };
  for (const name of TERMINALS) terminals.end(terminalKey(entry, name), close);
}
