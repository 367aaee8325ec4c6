/** A registry with its pool, labs and claims over a stub engine, that can be stopped and started like a server. */
import type { TestContext } from 'node:test';
import { pino } from 'pino';
import { openDatabase } from '../../server/database.ts';
import { SqliteClaimStore } from '../../server/sandbox/claims.ts';
import type { Sandbox } from '../../server/sandbox/engine.ts';
import { Labs } from '../../server/sandbox/labs.ts';
import { Pool } from '../../server/sandbox/pool.ts';
import { Registry, type Entry, type LessonScene } from '../../server/sandbox/registry.ts';
import { stubLab, StubEngine, until } from './stub-sandboxes.ts';

export const MINUTE = 60_000;

export interface Server {
  readonly labs: Labs;
  readonly pool: Pool;
  readonly registry: Registry;
  /** Every change that the registry told. */
  readonly changes: Entry[];
  /** As a process stops that is told to. */
  readonly stop: () => Promise<void>;
}

/** A lesson in the lab `a` unless told otherwise. */
export function lesson(name: string, lab = 'a'): LessonScene {
  return { id: `course/${name}`, lab, filesFolder: undefined };
}

/** Two labs: `a` keeps two warm sandboxes, `cold` none; both live for 60 minutes. */
export class World {
  readonly engine = new StubEngine();
  readonly claims: SqliteClaimStore;
  /** What was laid out where, in order. */
  readonly scenes: string[] = [];
  prepareScene: (sandbox: Sandbox, scene: LessonScene, signal: AbortSignal) => Promise<void> = async () =>
    undefined;
  limits = { perLearner: 2, total: 4 };
  /** What the catalog holds. */
  readonly lessons = new Map<string, LessonScene>();
  readonly #context: TestContext;

  /** The clock and all timers are the context's mocks from here on. */
  constructor(context: TestContext) {
    context.mock.timers.enable({ apis: ['setTimeout', 'Date'], now: Date.UTC(2030, 0, 1) });
    this.#context = context;
    const database = openDatabase(':memory:');
    context.after(() => database.close());
    this.claims = new SqliteClaimStore(database);
    for (const known of [lesson('one'), lesson('two'), lesson('cold', 'cold')])
      this.lessons.set(known.id, known);
  }

  /** A server that has not yet looked for what runs. */
  server(): Server {
    const log = pino({ level: 'silent' });
    const { engine, claims, limits } = this;
    const sources = [
      stubLab('a', { warm: 2, lifetimeMinutes: 60 }),
      stubLab('cold', { warm: 0, lifetimeMinutes: 60 }),
    ];
    const labs = new Labs({ engine, sources, log });
    const pool = new Pool({ engine, labs, log });
    const registry = new Registry({
      engine,
      pool,
      labs,
      claims,
      limits,
      log,
      findLesson: (id) => this.lessons.get(id),
      prepareScene: (sandbox, scene, signal) => {
        this.scenes.push(`${scene.id} in ${sandbox.info.id}`);
        return this.prepareScene(sandbox, scene, signal);
      },
    });
    const changes: Entry[] = [];
    registry.onChange((entry) => changes.push(entry));
    const end = async (): Promise<void> => {
      await registry.close();
      await pool.close();
      await labs.close();
    };
    let ended: Promise<void> | undefined;
    const stop = (): Promise<void> => (ended ??= end());
    this.#context.after(stop);
    return { labs, pool, registry, changes, stop };
  }

  /** A server whose warm sandboxes stand ready. */
  async warmServer(): Promise<Server> {
    const server = this.server();
    server.labs.prepareAll();
    await server.registry.restore();
    await until(() => server.pool.counters().warm['a'] === 2, 'the pool is full');
    await until(() => server.labs.readyImage('cold') !== undefined, 'the other lab is ready');
    return server;
  }

  /** Lets time pass, in steps small enough for every timer to come at its time. */
  pass(minutes: number): void {
    for (let n = 0; n < minutes; n++) this.#context.mock.timers.tick(MINUTE);
  }
}
