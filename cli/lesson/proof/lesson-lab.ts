/** Starts the sandboxes in which lessons are proven. Knows no lesson in particular. */
import { pino } from 'pino';
import type { CatalogLesson } from '../../../server/lessons/catalog.ts';
import { readLabs } from '../../../server/lessons/read-labs.ts';
import { prepareScene } from '../../../server/lessons/scene.ts';
import { createDockerEngine } from '../../../server/sandbox/docker.ts';
import { findDocker } from '../../../server/sandbox/docker-address.ts';
import type { LabSource, SandboxEngine } from '../../../server/sandbox/engine.ts';
import { Bench, type BenchOptions } from './bench.ts';
import { Typist } from './typist.ts';

/** Milliseconds in which a lab is built where its image is missing, and in which a sandbox starts. */
const BUILD_MS = 30 * 60_000;
const START_MS = 300_000;
/** Milliseconds that a typed line may take, and that a task may say that it comes by itself. */
const LINE_MS = 120_000;
const WAITING_MS = 120_000;

/** An engine, and the labs of one folder. */
export class LessonLab {
  readonly #engine: SandboxEngine;
  readonly #labs: ReadonlyMap<string, LabSource>;

  private constructor(engine: SandboxEngine, labs: readonly LabSource[]) {
    this.#engine = engine;
    this.#labs = new Map(labs.map((lab) => [lab.name, lab]));
  }

  /** On this host's Docker engine. `labs` is the folder of labs. Rejects where no engine answers, naming what was tried. */
  static async open(labs: string): Promise<LessonLab> {
    const { found, tried } = await findDocker(process.env);
    if (found === undefined) {
      const all = tried.map((one) => `${one.where}: ${one.reason}`).join('; ');
      throw new Error(`Lessons are tested in real sandboxes, but no container engine answers (${all}).`);
    }
    const instance = `lessons-${process.pid}-${Date.now()}`;
    const engine = createDockerEngine({ docker: found, instance, log: pino({ level: 'silent' }) });
    return new LessonLab(engine, readLabs(labs));
  }

  /** Megabytes that a sandbox of this lesson may take. */
  memoryOf(lesson: Pick<CatalogLesson, 'lab'>): number {
    return this.#labs.get(lesson.lab)?.settings.limits.memoryMb ?? 0;
  }

  /** A fresh scene of the lesson. Builds the lab first where its image is missing. What fails leaves nothing behind. */
  async bench(
    lesson: CatalogLesson,
    options: Partial<BenchOptions> = {},
    say: (step: string) => void = () => undefined,
  ): Promise<Bench> {
    const lab = this.#labs.get(lesson.lab);
    if (!lab) throw new Error(`${lesson.id}: expected a lab of the repository, found ${lesson.lab}`);
    const signal = options.signal ?? new AbortController().signal;
    const all = { round: 1, lineMs: LINE_MS, waitingMs: WAITING_MS, ...options, signal };
    const within = (ms: number): AbortSignal => AbortSignal.any([signal, AbortSignal.timeout(ms)]);
    const image = await this.#engine.prepare(lab, ({ step }) => say(`lab: ${step}`), within(BUILD_MS));
    const spec = { lab: lab.name, image, settings: lab.settings };
    const sandbox = await this.#engine.create(spec, within(START_MS), say);
    try {
      await prepareScene(sandbox, lesson, within(START_MS));
      const manner = { user: lab.settings.user, lineMs: all.lineMs, signal };
      const typist = await Typist.sit(await sandbox.main(), manner);
      return new Bench(lesson, { sandbox, typist, options: all });
    } catch (error) {
      await sandbox.destroy();
      throw error;
    }
  }

  /** Removes what is left of all sandboxes. */
  async close(): Promise<void> {
    for (const sandbox of await this.#engine.list()) await sandbox.destroy();
    await this.#engine.close();
  }
}
