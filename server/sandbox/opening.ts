/** Gets one learner a sandbox with the lesson's scene in it. Knows nothing about the learner's other sandboxes. */
import { within } from './deadline.ts';
import type { Claim, ClaimStore } from './claims.ts';
import type { Sandbox } from './engine.ts';
import type { StartProgress } from './labs.ts';
import type { Claimed } from './pool.ts';

export interface OpeningDeps {
  readonly pool: {
    claim(lab: string, signal: AbortSignal, onProgress: (progress: StartProgress) => void): Promise<Claimed>;
  };
  readonly claims: Pick<ClaimStore, 'add' | 'update'>;
  readonly clock: () => number;
  /** Destroys a sandbox that the learner will not get. */
  discard(sandbox: Sandbox): void;
}

export interface OpeningRequest {
  readonly claim: Pick<Claim, 'id' | 'learner' | 'lesson' | 'lab' | 'generation'>;
  readonly lifetimeMs: number;
  readonly signal: AbortSignal;
  onProgress(progress: StartProgress): void;
  /** Lays out the lesson's scene. */
  prepare(sandbox: Sandbox, signal: AbortSignal): Promise<void>;
}

export interface Opened extends Claimed {
  readonly expiresAt: Date;
}

const SCENE_TIMEOUT_MS = 30_000;
const REST_MS = 250;

/** A sandbox with its scene and a `ready` claim. Rejects with what failed, or the signal's reason; the sandbox, if
 * there was one, is discarded then. */
export async function openSandbox(deps: OpeningDeps, request: OpeningRequest): Promise<Opened> {
  const { claim, signal, lifetimeMs } = request;
  const claimed = await deps.pool.claim(claim.lab, signal, (progress) => request.onProgress(progress));
  const { sandbox } = claimed;
  try {
    const now = deps.clock();
    const until = (from: number): Date => new Date(from + lifetimeMs);
    const engineId = sandbox.info.id;
    deps.claims.add({
      ...claim,
      engineId,
      createdAt: new Date(now),
      expiresAt: until(now),
      state: 'preparing',
    });
    const bound = { ms: SCENE_TIMEOUT_MS, what: "Laying out the lesson's files", signal };
    await within(bound, (bounded) => request.prepare(sandbox, bounded));
    // Not at once: its end takes a processor that the learner's terminal needs to open.
    setTimeout(() => sandbox.standDown(), REST_MS).unref();
    const expiresAt = until(deps.clock());
    deps.claims.update(engineId, { state: 'ready', expiresAt });
    return { ...claimed, expiresAt };
  } catch (error) {
    deps.discard(sandbox);
    throw error;
  }
}
