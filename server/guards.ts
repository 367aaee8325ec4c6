/** What ends learners' sandboxes before their time: too much on disk, or nobody there. Composes; decides nothing. */
import type { Logger } from 'pino';
import { isWatched } from './http/terminal-lifecycle.ts';
import { DiskGuard, type Bounded } from './sandbox/disk-guard.ts';
import type { SandboxEngine } from './sandbox/engine.ts';
import { IdleGuard, type Idler } from './sandbox/idle-guard.ts';
import type { Labs } from './sandbox/labs.ts';
import type { Registry } from './sandbox/registry.ts';
import type { TerminalList } from './sandbox/terminal-list.ts';
import type { Terminals } from './terminal/terminals.ts';

export interface GuardDeps {
  readonly engine: SandboxEngine;
  readonly registry: Registry;
  readonly labs: Labs;
  readonly terminals: Terminals;
  readonly terminalList: TerminalList;
  readonly log: Logger;
}

/** Starts them. Returns what stops them; it resolves when nothing is being measured any more. */
export function startGuards({ terminalList, ...deps }: GuardDeps): () => Promise<void> {
  const { engine, registry, labs, terminals, log } = deps;
  /** Those that learners have, each with what its lab allows. */
  const sandboxes = (): (Bounded & Idler)[] => {
    const known = new Set(labs.names());
    return registry
      .running()
      .filter(({ entry }) => known.has(entry.lab))
      .map(({ entry: { id, generation, lab }, engineId }) => {
        const { limits, idleMinutes } = labs.settings(lab);
        return { id, generation, lab, engineId, limitMb: limits.diskMb, idleMinutes };
      });
  };
  const end = ({ id, generation }: { id: string; generation: number }, reason: string): void =>
    registry.markEnded(id, reason, generation);
  const watched = (sandbox: Idler): boolean => isWatched(sandbox, { terminals, list: terminalList });
  const idle = new IdleGuard({ sandboxes, watched, end });
  const disk = engine.disk && new DiskGuard({ meter: engine.disk, sandboxes, end, log });
  idle.start();
  disk?.start();
  return async () => {
    idle.close();
    await disk?.close();
  };
}
