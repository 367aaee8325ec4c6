/** How the engine suite gets at an engine, and what its parts work on. */
import type { LabSource, SandboxEngine, SandboxSpec } from '../../server/sandbox/engine.ts';

/** What an engine may lack; each is skipped in sight with its reason. */
export type Ability = 'builds' | 'restart';

/** How the suite gets at an engine. */
export interface EngineHarness {
  /** A new engine object on the same host. Those with the same instance see the same sandboxes. */
  connect(instance: string): SandboxEngine;
  /** A lab that can be started: its user's shell is bash. */
  readonly lab: LabSource;
  /** A lab whose preparation must fail; needed for the ability `builds`. */
  readonly brokenLab?: LabSource;
  /** What is left of an instance, in the words of the engine: containers, folders, processes. */
  leftovers(instance: string): Promise<string[]>;
  /** Why an ability is missing. */
  readonly missing?: Partial<Record<Ability, string>>;
  /** Removes all that the harness has made. */
  dispose(): Promise<void>;
}

/** What the parts of the suite work on; filled before the first test. */
export interface Fixture {
  readonly harness: EngineHarness;
  readonly engine: SandboxEngine;
  readonly instance: string;
  readonly spec: SandboxSpec;
}

/** A signal that is never aborted. */
export const STEADY: AbortSignal = new AbortController().signal;
