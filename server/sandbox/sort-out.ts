/** Decides after a restart what becomes of each sandbox. Pure: knows neither engine nor store. */
import type { Claim } from './claims.ts';
import type { Sandbox } from './engine.ts';

export interface SortedOut {
  /** Learners' sandboxes that run and have time left. */
  readonly kept: readonly { readonly claim: Claim; readonly sandbox: Sandbox }[];
  /** To be destroyed: discarded, half prepared, or out of time. */
  readonly discarded: readonly Sandbox[];
  /** Nobody's: untouched sandboxes of the pool. */
  readonly unclaimed: readonly Sandbox[];
  /** Claims on sandboxes that run no more. */
  readonly stale: readonly Claim[];
}

/** Each sandbox and each claim ends up in exactly one place; claims of discarded sandboxes stay until those are gone. */
export function sortOut(sandboxes: readonly Sandbox[], claims: readonly Claim[], now: number): SortedOut {
  const claimOf = new Map(claims.map((claim) => [claim.engineId, claim]));
  const running = new Set(sandboxes.map((sandbox) => sandbox.info.id));
  const kept: { claim: Claim; sandbox: Sandbox }[] = [];
  const discarded: Sandbox[] = [];
  const unclaimed: Sandbox[] = [];
  for (const sandbox of sandboxes) {
    const claim = claimOf.get(sandbox.info.id);
    if (!claim) unclaimed.push(sandbox);
    else if (claim.state === 'ready' && claim.expiresAt.getTime() > now) kept.push({ claim, sandbox });
    else discarded.push(sandbox);
  }
  return { kept, discarded, unclaimed, stale: claims.filter((claim) => !running.has(claim.engineId)) };
}
