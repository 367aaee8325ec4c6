/** Sandboxes of the real labs, made for one lesson at a time, for the tests that prove the lessons. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { pino } from 'pino';
import { runCheck } from '../../server/checks/run-check.ts';
import { loadCatalog, type CatalogExercise, type CatalogLesson } from '../../server/lessons/catalog.ts';
import { readLabs } from '../../server/lessons/read-labs.ts';
import { prepareScene } from '../../server/lessons/scene.ts';
import { createDockerEngine } from '../../server/sandbox/docker.ts';
import type { LabSource, Sandbox, SandboxEngine } from '../../server/sandbox/engine.ts';
import { requireDocker } from '../contract/docker-harness.ts';
import { Typist } from './typist.ts';

/** Milliseconds in which a lab is built where its image is missing, and a sandbox starts. */
const BUILD_MS = 280_000;
const START_MS = 60_000;
/** Name, size, time and mode of every file in the home folder, as one line. */
const FINGERPRINT = "find . -printf '%p %s %T@ %m\\n' | sort | sha256sum";

const root = path.dirname(path.dirname(import.meta.dirname));
const folders = { lessons: path.join(root, 'lessons'), labs: path.join(root, 'labs') };

/** Every lesson of the repository, in course order. */
export function allLessons(): readonly CatalogLesson[] {
  return loadCatalog(folders).lessons;
}

/** What a check says; `changed`: it left a trace in the learner's home folder. */
export interface CheckReport {
  readonly status: string;
  readonly message: string;
  readonly changed: boolean;
}

/** A sandbox with the files of one lesson, and somebody who types into its main shell. */
export interface Bench {
  readonly typist: Typist;
  check(task: CatalogExercise): Promise<CheckReport>;
  /** Types the task's solution, line by line. */
  solve(task: CatalogExercise): Promise<void>;
  dispose(): Promise<void>;
}

/** Starts the sandboxes of the lessons' labs. */
export class LessonLab {
  readonly #engine: SandboxEngine;
  readonly #labs: ReadonlyMap<string, LabSource>;

  private constructor(engine: SandboxEngine) {
    this.#engine = engine;
    this.#labs = new Map(readLabs(folders.labs).map((lab) => [lab.name, lab]));
  }

  /** On this host's Docker engine; throws where there is none. */
  static async open(): Promise<LessonLab> {
    const instance = `lessons-${process.pid}-${Date.now()}`;
    const docker = await requireDocker();
    return new LessonLab(createDockerEngine({ docker, instance, log: pino({ level: 'silent' }) }));
  }

  /** A fresh scene of the lesson. Builds the lab first where its image is missing. */
  async bench(lesson: CatalogLesson): Promise<Bench> {
    const lab = this.#labs.get(lesson.lab);
    if (!lab) throw new Error(`${lesson.id}: expected a lab of the repository, found ${lesson.lab}`);
    const image = await this.#engine.prepare(lab, () => {}, AbortSignal.timeout(BUILD_MS));
    const spec = { lab: lab.name, image, settings: lab.settings };
    const sandbox = await this.#engine.create(spec, AbortSignal.timeout(START_MS));
    try {
      await prepareScene(sandbox, lesson, AbortSignal.timeout(START_MS));
      const prompt = `${lab.settings.user}@${lab.name}`;
      return bench(sandbox, await Typist.sit(await sandbox.main(), prompt));
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

function bench(sandbox: Sandbox, typist: Typist): Bench {
  const fingerprint = async () => (await sandbox.run(['bash', '-c', FINGERPRINT], LIMITS)).stdout;
  return {
    typist,
    check: async (task) => {
      const script = await readFile(task.checkFile, 'utf8');
      const before = await fingerprint();
      const timeoutMs = task.timeoutSeconds * 1000;
      const { status, message } = await runCheck(sandbox, { script, timeoutMs }, AbortSignal.timeout(60_000));
      return { status, message, changed: before !== (await fingerprint()) };
    },
    solve: async (task) => {
      const script = await readFile(task.solveFile, 'utf8');
      for (const line of script.trimEnd().split('\n')) await typist.type(line);
    },
    dispose: () => sandbox.destroy(),
  };
}

const LIMITS = { timeoutMs: 20_000, maxOutputBytes: 10_000 };
