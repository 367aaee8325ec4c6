/** What idle terminals hold outside their sandboxes. */
import { setTimeout as sleep } from 'node:timers/promises';
import { LabLearner, type LabServer } from '../support/lab-server.ts';
import type { LabViewer } from '../support/lab-viewer.ts';
import type { Row } from './figure.ts';
import { familyOf, memoryOf, processesNamed, processesWith } from './processes.ts';
import type { BenchWorld } from './world.ts';

const COUNTS = [50, 200];
/** Terminals that one sandbox may have. */
const EACH = 6;
/** Sandboxes that are started at a time. */
const AT_ONCE = 3;
/** Milliseconds after which memory has come to rest. */
const REST_MS = 5000;
/** Fills the screen and some of the scrollback. */
const FILL = 'seq -f "line %g of a hundred, as long as lines of output are in the middle" 1 100\r';

interface Held {
  readonly server: number;
  readonly engine: number;
}

/** Everything outside the sandboxes: the server and all it starts, and the engine with what it runs for each container. */
export function idleTerminals(world: BenchWorld): Row {
  return {
    lab: 'python',
    deadlineMs: 180_000,
    figures: COUNTS.flatMap((count) => [
      {
        name: `memory (PSS) for one more idle terminal, server and all it starts, at ${count}`,
        unit: 'MiB',
        bar: 1,
      },
      { name: `the same, engine: a container’s processes for each ${EACH}`, unit: 'MiB' },
    ]),
    measure: async () => {
      // Other servers would grow and shrink meanwhile.
      await world.clear();
      const server = await world.server('python');
      await server.untilWarm('python');
      const crowd = new IdleCrowd(server);
      try {
        // What the first ones bring, such as code that is compiled, is not theirs alone.
        await crowd.grow(EACH);
        const [first, begin] = [crowd.size, await crowd.held()];
        const measured = [];
        for (const count of COUNTS) {
          await crowd.grow(count);
          const now = await crowd.held();
          const [mine, engine] = [now.server - begin.server, now.engine - begin.engine].map(
            (mib) => mib / (crowd.size - first),
          );
          measured.push(
            { value: mine ?? 0, detail: `the whole server ${now.server.toFixed(0)} MiB` },
            {
              value: engine ?? 0,
              detail: `dockerd, containerd and their shims ${now.engine.toFixed(0)} MiB`,
            },
          );
        }
        return measured;
      } finally {
        await crowd.leave();
        await world.release('python');
      }
    },
  };
}

/** Learners who have opened terminals and look at them. */
class IdleCrowd {
  readonly #server: LabServer;
  readonly #sandboxes: { learner: LabLearner; id: string }[] = [];
  readonly #viewers: LabViewer[] = [];

  constructor(server: LabServer) {
    this.#server = server;
  }

  get size(): number {
    return this.#viewers.length;
  }

  /** Adds sandboxes until there are as many terminals. */
  async grow(count: number): Promise<void> {
    let missing = Math.ceil((count - this.size) / EACH);
    const add = async (): Promise<void> => {
      while (missing-- > 0) await this.#join();
    };
    await Promise.all(Array.from({ length: AT_ONCE }, add));
  }

  /** In MiB, after a rest. */
  async held(): Promise<Held> {
    await this.#server.untilWarm('python');
    await sleep(REST_MS);
    const engine = [...processesNamed(['dockerd', 'containerd']), ...processesWith('containerd-shim')];
    return { server: memoryOf(familyOf(this.#server.pid)), engine: memoryOf(engine) };
  }

  async leave(): Promise<void> {
    for (const viewer of this.#viewers) viewer.close();
    await Promise.all(this.#sandboxes.map(({ learner, id }) => learner.end(id)));
  }

  async #join(): Promise<void> {
    const learner = new LabLearner(this.#server);
    const { id } = await learner.start('python');
    this.#sandboxes.push({ learner, id });
    const names = ['main'];
    while (names.length < EACH) names.push(await learner.addTerminal(id));
    for (const name of names) {
      const viewer = learner.look(id, name);
      this.#viewers.push(viewer);
      await viewer.prompt();
      viewer.clear();
      viewer.type(FILL);
      await viewer.until((text) => /line 100 of[^]*\$\s*$/.test(text), 'a hundred lines and a prompt');
    }
  }
}
