/** Puts the parts together and listens. Knows every part, but no engine by name. */
import path from 'node:path';
import type { Logger } from 'pino';
import { createApp } from './app.ts';
import { startChecking } from './checking.ts';
import { runCheck } from './checks/run-check.ts';
import type { Config } from './config.ts';
import { openDataFolder } from './data-folder.ts';
import { openDatabase } from './database.ts';
import { startGuards } from './guards.ts';
import { EventHub } from './http/event-hub.ts';
import { endsSandbox, exitReason, isWatched, terminalKey } from './http/terminal-lifecycle.ts';
import { loadCatalog, type Catalog } from './lessons/catalog.ts';
import { watchCatalog } from './lessons/live-catalog.ts';
import { readLabs } from './lessons/read-labs.ts';
import { prepareScene } from './lessons/scene.ts';
import { SqliteProgressStore } from './progress/sqlite.ts';
import { SqliteClaimStore } from './sandbox/claims.ts';
import type { LabSource, SandboxEngine } from './sandbox/engine.ts';
import { Labs } from './sandbox/labs.ts';
import { Pool } from './sandbox/pool.ts';
import { Registry } from './sandbox/registry.ts';
import { MAIN, TerminalList } from './sandbox/terminal-list.ts';
import { Terminals } from './terminal/terminals.ts';

export interface DrydockDeps {
  readonly config: Config;
  /** The folder with `lessons/` and `labs/`. */
  readonly root: string;
  /** The built site; undefined in development, where Astro serves it and lessons are read again when they change. */
  readonly siteFolder: string | undefined;
  /** Makes the engine for an installation of this name. */
  readonly engine: (instance: string) => SandboxEngine;
  readonly log: Logger;
}

export interface Drydock {
  /** Such as `http://127.0.0.1:4321`. */
  readonly address: string;
  /** Ends all connections and background work. Sandboxes go on running and are found again. */
  stop(): Promise<void>;
}

/**
 * Starts the server. Resolves when it listens, whether or not the engine answers and the labs are built: both are
 * waited for in the background. Rejects with an `AuthoringError` for faulty lessons or labs, `conflict` for a data
 * folder in use, and the system's error for a port in use.
 */
export async function startDrydock(deps: DrydockDeps): Promise<Drydock> {
  const { config, root, log } = deps;
  const folders = { lessons: path.join(root, 'lessons'), labs: path.join(root, 'labs') };
  const lessons = openLessons(deps, folders);
  const sources = labsInUseFirst(readLabs(folders.labs), lessons.catalog());
  const data = openDataFolder(path.resolve(root, config.data));
  const database = openDatabase(data.databaseFile);
  const engine = deps.engine(data.instance);
  const labs = new Labs({ engine, sources, log });
  const pool = new Pool({ engine, labs, log });
  const registry = new Registry({
    engine,
    pool,
    labs,
    claims: new SqliteClaimStore(database),
    findLesson: (id) => lessons.catalog().lesson(id),
    prepareScene,
    limits: { perLearner: config.maxSandboxesPerLearner, total: config.maxSandboxes },
    log,
  });
  const progress = new SqliteProgressStore(database);
  const hub = new EventHub();
  const terminalList = new TerminalList();
  const terminals: Terminals = new Terminals({
    log,
    journalFolder: data.journalFolder,
    onEnded: endsSandbox(registry),
    exitReason,
    onMark: (key, mark) => checking.onMark(key, mark),
  });
  const watched = (sandbox: { id: string; generation: number }): boolean =>
    isWatched(sandbox, { terminals, list: terminalList });
  const checking = startChecking({
    catalog: lessons.catalog,
    registry,
    progress,
    hub,
    watched,
    runCheck,
    secret: data.secret,
    log,
  });
  const app = await createApp({
    catalog: lessons.catalog,
    registry,
    terminals,
    terminalList,
    progress,
    labs,
    pool,
    checks: checking,
    hub,
    engine,
    secret: data.secret,
    siteFolder: deps.siteFolder,
    allowedOrigins: config.allowedOrigins,
    trustProxy: config.trustProxy,
    log,
  });
  const sweepJournals = (): Promise<void> =>
    terminals.sweep(registry.all().map((entry) => terminalKey(entry, MAIN)));
  let stopGuards: (() => Promise<void>) | undefined;
  const stop = async (): Promise<void> => {
    lessons.stop();
    await stopGuards?.();
    await app.close();
    await checking.close();
    await terminals.close();
    await registry.close();
    await pool.close();
    await labs.close();
    await engine.close();
    database.close();
    data.release();
  };
  try {
    // What still runs is looked for before the first request, yet an engine that hangs does not keep the site away.
    const restored = registry.restore().then(() => sweepJournals());
    const address = await app.listen({ port: config.port, host: config.host });
    restored.catch((error: unknown) => log.error(error, 'could not look for the sandboxes from before'));
    labs.prepareAll();
    stopGuards = startGuards({ engine, registry, labs, terminals, terminalList, log });
    return { address, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Prepared in the order in which a learner who begins at the first lesson meets them; what none asks for comes last. */
function labsInUseFirst(sources: readonly LabSource[], catalog: Catalog): LabSource[] {
  const order = catalog.lessons.map((lesson) => lesson.lab);
  const place = ({ name }: LabSource): number => (order.includes(name) ? order.indexOf(name) : order.length);
  return sources.toSorted((a, b) => place(a) - place(b));
}

function openLessons(
  deps: DrydockDeps,
  folders: { lessons: string; labs: string },
): ReturnType<typeof watchCatalog> {
  if (deps.siteFolder === undefined) return watchCatalog(folders, deps.log);
  const catalog = loadCatalog(folders);
  return { catalog: () => catalog, stop: () => undefined };
}
