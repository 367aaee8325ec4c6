/**
 * What checks have found in each sandbox, as long as it and the server's process live. Knows nothing about how they are
 * run. What a learner has passed for good stands in the progress store.
 */
import type { Verdict } from '../../protocol/api.ts';

/** Which sandbox; a reset makes it another. */
export interface SandboxKey {
  readonly id: string;
  readonly generation: number;
}

/** What was found in one sandbox since its start or its last reset. */
export class SandboxMemory {
  readonly generation: number;
  /** Values that scripts have told, by name. */
  values: Readonly<Record<string, string>> = {};
  readonly #passed = new Set<string>();
  readonly #last = new Map<string, Verdict>();
  readonly #told = new Map<string, Verdict>();

  constructor(generation: number) {
    this.generation = generation;
  }

  /** Whether the task has passed here, be it undone since. */
  hasPassed(task: string): boolean {
    return this.#passed.has(task);
  }

  /** Whether the task had passed here and did not when it was looked at last. */
  isBroken(task: string): boolean {
    return this.#last.get(task)?.status === 'broken';
  }

  /** Whether another look may find something else although the learner has done nothing. */
  isWaiting(task: string): boolean {
    return this.#last.get(task)?.waiting === true;
  }

  /** The verdict of the last look, also where nobody was told. */
  last(task: string): Verdict | undefined {
    return this.#last.get(task);
  }

  /** What the learner was told last. */
  told(task: string): Verdict | undefined {
    return this.#told.get(task);
  }

  /** The verdict in the light of what was here before: a task that has passed here is not failed but broken. */
  judge(task: string, verdict: Verdict): Verdict {
    return verdict.status === 'failed' && this.#passed.has(task) ? { ...verdict, status: 'broken' } : verdict;
  }

  /** Keeps the verdict. Returns whether it says anything else than the last; a first `failed` that is kept `quietly`
   * is no news, since nothing has been done yet, unless it waits: then something has. */
  learn(task: string, verdict: Verdict, quietly: boolean): boolean {
    const last = this.#last.get(task);
    this.#last.set(task, verdict);
    if (verdict.status === 'passed') this.#passed.add(task);
    if (last === undefined) return !(quietly && verdict.status === 'failed') || verdict.waiting === true;
    return (
      last.status !== verdict.status ||
      last.message !== verdict.message ||
      (last.waiting ?? false) !== (verdict.waiting ?? false)
    );
  }

  /** The learner is being told. */
  tell(task: string, verdict: Verdict): void {
    this.#told.set(task, verdict);
  }
}

export class Memories {
  readonly #memories = new Map<string, SandboxMemory>();

  /** What is known of the sandbox; undefined where nothing was found yet. */
  find({ id, generation }: SandboxKey): SandboxMemory | undefined {
    const known = this.#memories.get(id);
    return known?.generation === generation ? known : undefined;
  }

  /** A place for what was found in a sandbox that is there. A late word of an older generation changes nothing. */
  of({ id, generation }: SandboxKey): SandboxMemory {
    const known = this.#memories.get(id);
    if (known?.generation === generation) return known;
    const fresh = new SandboxMemory(generation);
    if (!known || known.generation < generation) this.#memories.set(id, fresh);
    return fresh;
  }

  /** The sandbox has ended. */
  forget(id: string): void {
    this.#memories.delete(id);
  }

  /** How many sandboxes are remembered. */
  get size(): number {
    return this.#memories.size;
  }
}
