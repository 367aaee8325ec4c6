/** Finds after a restart what still runs. Knows nothing about starting or ending sandboxes. */
import type { Logger } from 'pino';
import type { Claim, ClaimStore } from './claims.ts';
import { backOff, pause, within } from './deadline.ts';
import type { Sandbox, SandboxEngine } from './engine.ts';
import { sortOut, type SortedOut } from './sort-out.ts';

export interface RestoringDeps {
  readonly engine: Pick<SandboxEngine, 'list'>;
  readonly claims: ClaimStore;
  readonly log: Logger;
  readonly clock: () => number;
  /** Ends the search. */
  readonly closing: AbortSignal;
  /** A claimed sandbox that still runs. */
  keep(claim: Claim, sandbox: Sandbox): void;
  /** A sandbox that is to be destroyed. */
  discard(sandbox: Sandbox): void;
  /** Called once, after all else, with the sandboxes that are nobody's. */
  finish(unclaimed: readonly Sandbox[]): void;
}

const LIST_TIMEOUT_MS = 15_000;

/** Looks once and, while the engine does not tell what runs, again and again in the background. Resolves after the
 * first look; the promise inside resolves when the search is over. */
export async function findRunning(deps: RestoringDeps): Promise<{ readonly over: Promise<void> }> {
  if (await look(deps)) return { over: Promise.resolve() };
  return { over: keepLooking(deps) };
}

async function keepLooking(deps: RestoringDeps): Promise<void> {
  for (let failures = 1; !deps.closing.aborted; failures++) {
    await pause(backOff(failures, 1000, 10_000), deps.closing);
    if (deps.closing.aborted || (await look(deps))) return;
  }
}

/** False where the engine could not tell. */
async function look(deps: RestoringDeps): Promise<boolean> {
  const bound = { ms: LIST_TIMEOUT_MS, what: 'Listing the sandboxes', signal: deps.closing };
  try {
    const sandboxes = await within(bound, () => deps.engine.list());
    settle(deps, sortOut(sandboxes, deps.claims.all(), deps.clock()));
    return true;
  } catch (error) {
    if (!deps.closing.aborted)
      deps.log.warn({ err: error }, 'the engine does not tell what runs; asking again');
    return false;
  }
}

function settle(deps: RestoringDeps, { kept, discarded, unclaimed, stale }: SortedOut): void {
  for (const { claim, sandbox } of kept) deps.keep(claim, sandbox);
  for (const sandbox of discarded) deps.discard(sandbox);
  for (const { engineId } of stale) deps.claims.remove(engineId);
  deps.finish(unclaimed);
  const counts = {
    kept: kept.length,
    discarded: discarded.length,
    unclaimed: unclaimed.length,
    gone: stale.length,
  };
  deps.log.info(counts, 'found the sandboxes from before');
}
