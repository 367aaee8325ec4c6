/** What came of proving a lesson. Knows nothing about how it is shown. */
import type { CatalogLesson } from '../../../server/lessons/catalog.ts';

/** One thing that is not as it should be. */
export interface Failure {
  readonly task?: string;
  /** Path from the project's root. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly expected: string;
  readonly found: string;
  readonly mend?: string;
  /** The last lines of the terminal. */
  readonly terminal?: readonly string[];
}

/** A part of the proof, such as "task create-env is solved". */
export interface Step {
  readonly name: string;
  readonly ms: number;
  readonly failures: readonly Failure[];
  /** It could not be done because of an earlier failure. */
  readonly skipped: boolean;
}

export interface LessonResult {
  readonly lesson: CatalogLesson;
  /** Which round, from 1. */
  readonly round: number;
  readonly ms: number;
  readonly steps: readonly Step[];
}

/** Every failure of a lesson. */
export function failuresOf(result: Pick<LessonResult, 'steps'>): Failure[] {
  return result.steps.flatMap((step) => step.failures);
}

/** `file:line: task: expected …, found …; how to mend`, then the terminal's last lines, indented. */
export function formatFailure(failure: Failure): string {
  const { file, line, task, expected, found, mend, terminal } = failure;
  const what = task === undefined ? '' : `${task}: `;
  const advice = mend === undefined ? '' : `; ${mend}`;
  const message = `${file}:${line}: ${what}expected ${expected}, found ${found}${advice}`;
  if (terminal === undefined || terminal.length === 0) return message;
  return [message, '  The terminal at that moment:', ...terminal.map((text) => `  │ ${text}`)].join('\n');
}

/** Keeps the steps of one proof: what failed, how long it took, and whether to go on. */
export class Steps {
  readonly done: Step[] = [];
  readonly #say: (step: string) => void;
  /** Whether to stop at the first failure. */
  readonly bail: boolean;

  /** `bail`: after a step that failed, all further ones are skipped. */
  constructor(say: (step: string) => void, bail = false) {
    this.#say = say;
    this.bail = bail;
  }

  /** Runs a step. It fails with what `run` returns; what it throws goes to the caller. Tells whether it passed. */
  async take(name: string, run: () => Promise<readonly Failure[]>): Promise<boolean> {
    if (this.bail && this.done.some(({ failures }) => failures.length > 0)) {
      this.skip(name);
      return false;
    }
    this.#say(name);
    const began = performance.now();
    const failures = await run();
    this.done.push({ name, ms: Math.round(performance.now() - began), failures, skipped: false });
    return failures.length === 0;
  }

  skip(name: string): void {
    this.done.push({ name, ms: 0, failures: [], skipped: true });
  }
}
