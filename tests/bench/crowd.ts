/** How a terminal fares while others print without pause. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { LabLearner, type LabServer } from '../support/lab-server.ts';
import { BenchPage } from './bench-page.ts';
import { drawnEchoes, echoes, TYPED } from './echoes.ts';
import { percentile, writeMs, type Measured, type Row } from './figure.ts';
import type { BenchWorld } from './world.ts';

const TERMINALS = 20;
const ROUNDS = 5;
const ORDER_MS = 60_000;

/** The slowest of a hundred keys beside a crowd, against the slowest of a hundred without one. */
export function keystrokeInCrowd(world: BenchWorld): Row {
  return {
    lab: 'python',
    figures: ['at the socket', 'drawn'].map((where) => ({
      name: `keystroke to echo ${where}, p99, beside ${TERMINALS} floods / quiet`,
      unit: 'x',
      bar: 3,
    })),
    measure: async () => {
      const { server, browser } = await world.site();
      const learner = new LabLearner(server, 'virtualenv');
      const { id } = await learner.start('create');
      const viewer = learner.look(id);
      const page = await BenchPage.open(browser, server.address);
      const crowd = await Crowd.gather(server);
      try {
        await viewer.prompt();
        await page.work();
        const socket = new Pair(() => echoes(viewer));
        const drawn = new Pair(() => drawnEchoes(page, TYPED));
        for (let round = 0; round < ROUNDS; round++) {
          await socket.quiet();
          await drawn.quiet();
          await crowd.order('start');
          await socket.loud();
          await drawn.loud();
          await crowd.order('stop');
        }
        return [socket.ratio(), drawn.ratio()];
      } finally {
        await crowd.leave();
        viewer.close();
        await learner.end(id);
        await page.close();
      }
    },
  };
}

/** The same work in both circumstances. */
class Pair {
  readonly #work: () => Promise<number[]>;
  readonly #quiet: number[] = [];
  readonly #loud: number[] = [];

  constructor(work: () => Promise<number[]>) {
    this.#work = work;
  }

  async quiet(): Promise<void> {
    this.#quiet.push(...(await this.#work()));
  }

  async loud(): Promise<void> {
    this.#loud.push(...(await this.#work()));
  }

  ratio(): Measured {
    const of = (share: number): number[] => [this.#loud, this.#quiet].map((all) => percentile(all, share));
    const [loud = Number.NaN, quiet = Number.NaN] = of(0.99);
    const medians = of(0.5).map(writeMs).join(' / ');
    return {
      value: loud / quiet,
      detail: `${writeMs(loud)} / ${writeMs(quiet)}, p50 ${medians}; ${this.#loud.length} keys each`,
    };
  }
}

/** The process with the others. */
class Crowd {
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess) {
    this.#child = child;
  }

  static async gather(server: LabServer): Promise<Crowd> {
    const program = path.join(import.meta.dirname, 'crowd-process.ts');
    const crowd = new Crowd(fork(program, [server.address, `${TERMINALS}`]));
    await crowd.#done();
    return crowd;
  }

  async order(order: 'start' | 'stop' | 'leave'): Promise<void> {
    this.#child.send(order);
    await this.#done();
  }

  async leave(): Promise<void> {
    await this.order('leave').catch(() => undefined);
    this.#child.kill();
  }

  async #done(): Promise<void> {
    const signal = AbortSignal.timeout(ORDER_MS);
    const [answer] = (await once(this.#child, 'message', { signal })) as unknown[];
    if (answer !== 'done') throw new Error(`The other terminals: ${String(answer)}`);
  }
}
