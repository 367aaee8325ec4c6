/** Proves lessons in real sandboxes, several at a time. Knows nothing about how results are shown. */
import { freemem } from 'node:os';
import type { CatalogLesson } from '../../../server/lessons/catalog.ts';
import type { Bench } from './bench.ts';
import type { LessonLab } from './lesson-lab.ts';
import { proofsAtATime } from './patience.ts';
import { proveTasks } from './prove-tasks.ts';
import { proveText } from './prove-text.ts';
import { Steps, type LessonResult, type Step } from './result.ts';
import { Room } from './room.ts';

/** What is to be proven, and where. */
export interface Proof {
  readonly lab: LessonLab;
  readonly lessons: readonly CatalogLesson[];
  /** How often each lesson is proven. */
  readonly rounds: number;
  /** What paths in messages are told from. */
  readonly root: string;
  readonly signal: AbortSignal;
  /** Milliseconds that a typed line may take, where not the usual ones. */
  readonly lineMs?: number;
  readonly waitingMs?: number;
  /** Ends a half of a lesson at the first step, and in the text at the first command, that fails. */
  readonly bail?: boolean;
  /** Halves to do, where not both. */
  readonly halves?: readonly Half[];
}

/** A lesson is proven in two sandboxes, which do not wait for each other. */
export type Half = 'tasks' | 'text';

/** Told as it goes: which lesson does what, and each lesson's result. */
export interface Watcher {
  started?(lesson: CatalogLesson, round: number): void;
  said?(lesson: CatalogLesson, round: number, step: string): void;
  ended?(result: LessonResult): void;
}

const HALVES = { tasks: proveTasks, text: proveText } as const;
/** Memory of this machine that is left to everything else. */
const SPARE_MB = 512;

/** Every lesson's result, in the order of lessons and rounds. Rejects when the signal is aborted or the engine fails. */
export async function prove(proof: Proof, watcher: Watcher = {}): Promise<LessonResult[]> {
  const room = new Room({
    places: proofsAtATime(),
    memoryMb: Math.max(0, freemem() / 1024 / 1024 - SPARE_MB),
  });
  const rounds = Array.from({ length: proof.rounds }, (_, index) => index + 1);
  const jobs = rounds.flatMap((round) => proof.lessons.map((lesson) => ({ lesson, round })));
  return Promise.all(jobs.map((job) => proveLesson(proof, { ...job, room, watcher })));
}

interface Job {
  readonly lesson: CatalogLesson;
  readonly round: number;
  readonly room: Room;
  readonly watcher: Watcher;
}

async function proveLesson(proof: Proof, job: Job): Promise<LessonResult> {
  const { lesson, round, watcher } = job;
  let ms = 0;
  const halves = await Promise.all(
    (proof.halves ?? ['tasks', 'text']).map(async (half) => {
      const memoryMb = proof.lab.memoryOf(lesson);
      return job.room.within(memoryMb, proof.signal, async () => {
        const began = performance.now();
        watcher.started?.(lesson, round);
        const steps = await proveHalf(proof, job, half);
        ms += performance.now() - began;
        return steps;
      });
    }),
  );
  const result = { lesson, round, ms: Math.round(ms), steps: halves.flat() };
  watcher.ended?.(result);
  return result;
}

async function proveHalf(proof: Proof, job: Job, half: Half): Promise<readonly Step[]> {
  const { lesson, round, watcher } = job;
  const say = (step: string): void => watcher.said?.(lesson, round, step);
  const steps = new Steps(say, proof.bail);
  let bench: Bench | undefined;
  const { signal, lineMs, waitingMs } = proof;
  const started = await steps.take(`sandbox for the ${half}`, async () => {
    try {
      const limits = {
        ...(lineMs === undefined ? {} : { lineMs }),
        ...(waitingMs === undefined ? {} : { waitingMs }),
      };
      bench = await proof.lab.bench(lesson, { round, signal, ...limits }, say);
      return [];
    } catch (error) {
      signal.throwIfAborted();
      const found = error instanceof Error ? error.message : String(error);
      return [{ file: `labs/${lesson.lab}`, line: 1, expected: 'a sandbox of the lab', found }];
    }
  });
  if (!started || !bench) return steps.done;
  try {
    await HALVES[half](bench, steps, proof.root);
  } finally {
    await bench.dispose();
  }
  return steps.done;
}
