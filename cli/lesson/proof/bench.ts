/** Sandboxes of the real labs with the scene of one lesson, and somebody who types there. Knows no rules of lessons. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { askValues } from '../../../server/checks/ask-values.ts';
import { runCheck, type ScriptFault } from '../../../server/checks/run-check.ts';
import { runHint } from '../../../server/checks/run-hint.ts';
import type { CatalogExercise, CatalogLesson } from '../../../server/lessons/catalog.ts';
import { makeValues } from '../../../server/lessons/values.ts';
import type { Sandbox } from '../../../server/sandbox/engine.ts';
import { fillIn } from '../fill-in.ts';
import { patience } from './patience.ts';
import { linesOf, type ScriptLine } from './solution.ts';
import { StuckError, type Typist } from './typist.ts';

/** Everything in the home folder: name, size, time and mode. */
const LISTING = ['find', '.', '-printf', '%p %s %T@ %m\\n'];
/** The home folder, then every file that a program has open. */
const OPEN_FILES = ['bash', '-c', "pwd -P; find /proc/[0-9]*/fd -type l -printf '%l\\n' 2> /dev/null; true"];
const LISTING_LIMITS = { timeoutMs: 30_000, maxOutputBytes: 16 * 1024 * 1024 };
const HINT_MS = 10_000;
/** Milliseconds without a change that count as rest, and how often it is looked for. */
const REST_MS = 250;
const REST_LOOKS = 10;
/** Pauses between looks at a task that comes by itself; the last one is repeated. */
const PAUSES = [250, 500, 1000, 2000];

/** What a check says. */
export interface CheckReport {
  readonly status: string;
  readonly message: string;
  readonly waiting: boolean;
  /** What was printed and how it ended, where the script is faulty. */
  readonly fault: ScriptFault | undefined;
  /** Files in the learner's home that the check touched. */
  readonly touched: readonly string[];
}

/** A line of a solution after which one cannot go on. */
export interface Stuck {
  readonly line: ScriptLine;
  readonly found: string;
}

/** One sandbox with the scene of one lesson. */
export class Bench {
  readonly lesson: CatalogLesson;
  readonly typist: Typist;
  readonly #sandbox: Sandbox;
  readonly #options: BenchOptions;
  /** The home as it was last listed; undefined once a script may have changed it. */
  #seen: string[] | undefined;
  /** Lines that had been typed when the home last was at rest. */
  #restedAt = -1;

  constructor(lesson: CatalogLesson, parts: { sandbox: Sandbox; typist: Typist; options: BenchOptions }) {
    this.lesson = lesson;
    this.typist = parts.typist;
    this.#sandbox = parts.sandbox;
    this.#options = parts.options;
  }

  /** The learner's values as they are known at this moment: the same in every sandbox of a round. */
  async values(): Promise<Record<string, string>> {
    const known = makeValues(this.lesson.values, {
      secret: Buffer.from('lesson test'),
      id: this.lesson.id,
      generation: this.#options.round,
    });
    const scripts = this.lesson.values.filter((value) => value.scriptFile !== undefined);
    if (scripts.length > 0) this.#seen = undefined;
    const asked = await Promise.all(
      scripts.map(async ({ name, scriptFile = '' }) => ({
        name,
        script: await readFile(scriptFile, 'utf8'),
      })),
    );
    return askValues(this.#sandbox, { known, asked }, this.#options.signal);
  }

  /** What the check says at this moment. */
  async check(task: CatalogExercise, { touches = false } = {}): Promise<CheckReport> {
    const script = await readFile(task.checkFile, 'utf8');
    const values = await this.values();
    const before = touches ? await this.#restingListing() : [];
    this.#seen = undefined;
    let fault: ScriptFault | undefined;
    const timeoutMs = task.timeoutSeconds * 1000 * patience();
    const check = { script, timeoutMs, values, onFault: (seen: ScriptFault) => void (fault = seen) };
    const { status, message, waiting } = await runCheck(this.#sandbox, check, this.#options.signal);
    if (touches) this.#seen = await this.#listing();
    const touched = await this.#withoutOpen(differences(before, this.#seen ?? []));
    return { status, message, waiting: waiting === true, fault, touched };
  }

  /** What the check says once it no longer says that the task comes by itself, or when it said so for too long. */
  async settledCheck(task: CatalogExercise, { touches = false } = {}): Promise<CheckReport> {
    const deadline = performance.now() + this.#options.waitingMs;
    for (let round = 0; ; round++) {
      const report = await this.check(task, { touches: touches && round === 0 });
      if (!report.waiting || performance.now() > deadline) return report;
      await sleep(PAUSES[round] ?? PAUSES.at(-1), undefined, { signal: this.#options.signal });
    }
  }

  /** Types the task's solution, line by line. Tells where it went no further. */
  async solve(task: CatalogExercise): Promise<Stuck | undefined> {
    const lines = linesOf(await readFile(task.solveFile, 'utf8'));
    for (const [index, line] of lines.entries()) {
      try {
        const text = fillIn(line.text, await this.values());
        await this.typist.type(text, { last: index === lines.length - 1 });
      } catch (error) {
        if (error instanceof StuckError) return { line, found: error.found };
        throw error;
      }
    }
    return undefined;
  }

  /** Runs the task's hint script; what is wrong with it, or undefined. */
  async hintFault(task: CatalogExercise): Promise<ScriptFault | undefined> {
    if (task.hintFile === undefined) return undefined;
    const script = await readFile(task.hintFile, 'utf8');
    this.#seen = undefined;
    let fault: ScriptFault | undefined;
    const hint = {
      script,
      timeoutMs: HINT_MS * patience(),
      values: await this.values(),
      onFault: (seen: ScriptFault) => void (fault = seen),
    };
    await runHint(this.#sandbox, hint, this.#options.signal);
    return fault;
  }

  /** Removes the sandbox. */
  async dispose(): Promise<void> {
    this.typist.close();
    await this.#sandbox.destroy();
  }

  #listing(): Promise<string[]> {
    return this.#lines(LISTING);
  }

  /** Once it stays the same for a moment, or at the latest after some: what a command has set off, such as the end of a
   * machine that was switched off, may go on behind its prompt. Where nothing was typed since, it rests still. */
  async #restingListing(): Promise<string[]> {
    const { lines } = this.typist;
    if (this.#restedAt === lines) return this.#seen ?? this.#listing();
    let last = await this.#listing();
    for (let look = 0; look < REST_LOOKS; look++) {
      await sleep(REST_MS, undefined, { signal: this.#options.signal });
      const next = await this.#listing();
      const rests = next.join('\n') === last.join('\n');
      last = next;
      if (!rests) continue;
      this.#restedAt = lines;
      break;
    }
    return last;
  }

  /** Without what a program writes that the learner has left running, such as the log of a machine: a check's own have
   * ended with it. */
  async #withoutOpen(names: string[]): Promise<string[]> {
    if (names.length === 0) return names;
    const [home = '', ...open] = await this.#lines(OPEN_FILES);
    const files = new Set(open);
    return names.filter((name) => !files.has(path.join(home, name)));
  }

  async #lines(command: readonly string[]): Promise<string[]> {
    const { stdout } = await this.#sandbox.run(command, { ...LISTING_LIMITS, signal: this.#options.signal });
    return stdout.split('\n');
  }
}

/** What all benches of a run share. */
export interface BenchOptions {
  /** Which round of `--repeat`, from 1: the values differ between rounds. */
  readonly round: number;
  /** Milliseconds that a typed line may take, and that a task may say that it comes by itself. */
  readonly lineMs: number;
  readonly waitingMs: number;
  readonly signal: AbortSignal;
}

function differences(before: readonly string[], after: readonly string[]): string[] {
  const old = new Set(before);
  const fresh = new Set(after);
  const changed = [...after.filter((line) => !old.has(line)), ...before.filter((line) => !fresh.has(line))];
  const names = new Set(changed.map((line) => path.normalize(line.replace(/ \d+ [\d.]+ \d+$/, ''))));
  // A folder's time changes with what is in it; the file tells more.
  return [...names].filter((name) => name !== '.' || names.size === 1).toSorted();
}
