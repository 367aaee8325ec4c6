/** The values of a learner's own in one sandbox: made ones at once, those of scripts as the sandbox tells them. */
import type { CatalogLesson, CatalogValue } from '../lessons/catalog.ts';
import { makeValues } from '../lessons/values.ts';
import type { Sandbox } from '../sandbox/engine.ts';
import { askValues } from './ask-values.ts';
import type { Memories, SandboxKey } from './memory.ts';

export interface LearnerValuesDeps {
  readonly memories: Memories;
  /** Random bytes that learners do not know. */
  readonly secret: Buffer;
  /** The text of a lesson's script. */
  readScript(file: string): Promise<string>;
  /** Told all known values when one of them has changed. */
  onChange(id: string, values: Record<string, string>): void;
}

/** A lesson, as far as values care. */
export type ValuedLesson = Pick<CatalogLesson, 'values'>;

export class LearnerValues {
  readonly #deps: LearnerValuesDeps;

  constructor(deps: LearnerValuesDeps) {
    this.#deps = deps;
  }

  /** All that are known, in the order of the lesson. */
  of(key: SandboxKey, lesson: ValuedLesson): Record<string, string> {
    const { id, generation } = key;
    const made = makeValues(lesson.values, { secret: this.#deps.secret, id, generation });
    const all = { ...made, ...this.#deps.memories.find(key)?.values };
    const names = lesson.values.map(({ name }) => name).filter((name) => name in all);
    return Object.fromEntries(names.map((name) => [name, all[name] ?? '']));
  }

  /** Asks the sandbox for those that it tells. Nothing is kept before `learn`. */
  async ask(
    key: SandboxKey,
    { lesson, sandbox, signal }: { lesson: ValuedLesson; sandbox: Sandbox; signal: AbortSignal },
  ): Promise<Record<string, string>> {
    const scripts = lesson.values.filter(isScript);
    const asked = await Promise.all(
      scripts.map(async ({ name, scriptFile }) => ({
        name,
        script: await this.#deps.readScript(scriptFile),
      })),
    );
    const { id, generation } = key;
    const known = makeValues(lesson.values, { secret: this.#deps.secret, id, generation });
    const told = await askValues(sandbox, { known, asked }, signal);
    const names = scripts.map(({ name }) => name).filter((name) => name in told);
    return Object.fromEntries(names.map((name) => [name, told[name] ?? '']));
  }

  /** Keeps what a sandbox that is there has told, in place of what it told before. Returns all that are known then. */
  learn(key: SandboxKey, lesson: ValuedLesson, told: Record<string, string>): Record<string, string> {
    const before = JSON.stringify(this.of(key, lesson));
    this.#deps.memories.of(key).values = told;
    const values = this.of(key, lesson);
    if (JSON.stringify(values) !== before) this.#deps.onChange(key.id, values);
    return values;
  }
}

function isScript(value: CatalogValue): value is CatalogValue & { scriptFile: string } {
  return value.scriptFile !== undefined;
}
