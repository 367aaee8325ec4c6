/** How fast a terminal answers and how much it carries, at the socket; compared with `docker exec -it`. */
import type { SandboxInfo } from '../../protocol/api.ts';
import { LabLearner, type LabServer } from '../support/lab-server.ts';
import { ClientShell } from './client-shell.ts';
import { echoes } from './echoes.ts';
import { compare, median, percentile, single, timed, type Row } from './figure.ts';
import { processorSeconds } from './processes.ts';
import type { BenchWorld } from './world.ts';

const ROUNDS = 5;
/** Numbers that are printed to see how much a terminal carries. */
export const LINES = 3_000_000;
/** What `seq 1 LINES` sends through a terminal: the digits, and two characters at the end of each line. */
const BYTES = 19_888_896 + 2 * LINES;
const MB = 1_000_000;

/** A terminal on either side. */
export interface Terminal {
  readonly received: number;
  type(text: string): void;
  clear(): void;
  until(condition: (text: string) => boolean, what: string): Promise<void>;
  untilReceived(bytes: number): Promise<void>;
}

/** What the server adds to the way of a keystroke. */
export function keystrokeAtSocket(world: BenchWorld): Row {
  return single({
    name: 'keystroke to echo at the socket, p50, beyond docker exec -it',
    lab: 'python',
    unit: 'ms',
    bar: 1,
    measure: () =>
      withBoth(world, async ({ ours, theirs }) => {
        const [mine, other]: [number[], number[]] = [[], []];
        for (let round = 0; round < ROUNDS; round++) {
          mine.push(...(await echoes(ours)));
          other.push(...(await echoes(theirs)));
        }
        const spread = (all: number[]): string =>
          [0.5, 0.95, 0.99].map((share) => percentile(all, share).toFixed(1)).join(' / ');
        return {
          value: median(mine) - median(other),
          detail: `p50 / p95 / p99: ${spread(mine)} ms, docker exec ${spread(other)} ms; ${mine.length} keys each`,
        };
      }),
  });
}

/** Time for the same output, so that less is better. */
export function flood(world: BenchWorld): Row {
  return single({
    name: `time for seq 1 ${LINES} at the socket / docker exec -it`,
    lab: 'python',
    unit: 'x',
    measure: () =>
      withBoth(world, ({ ours, theirs }) =>
        compare({
          rounds: ROUNDS,
          write: writeRate,
          ours: () => printing(ours),
          theirs: () => printing(theirs),
        }),
      ),
  });
}

/** Processor time for output that one viewer reads. */
export function serverWork(world: BenchWorld): Row {
  return single({
    name: 'processor time for 100 MB of output, server and all it starts',
    lab: 'python',
    unit: 's',
    bar: 3,
    measure: () =>
      withBoth(world, async ({ ours, server }) => {
        const spent: number[] = [];
        for (let round = 0; round < ROUNDS; round++) {
          const [bytes, seconds] = [ours.received, processorSeconds(server.pid)];
          await print(ours);
          spent.push((processorSeconds(server.pid) - seconds) / ((ours.received - bytes) / (100 * MB)));
        }
        return { value: median(spent), detail: `seq 1 ${LINES} to one viewer, ${ROUNDS} rounds` };
      }),
  });
}

/** A rate, from milliseconds for each MB. */
export const writeRate = (msPerMb: number): string => `${(1000 / msPerMb).toFixed(1)} MB/s`;

/** Milliseconds for each MB of output. */
export async function printing(terminal: Terminal): Promise<number> {
  const before = terminal.received;
  const took = await timed(() => print(terminal));
  return took / ((terminal.received - before) / MB);
}

/** Prints `seq 1 LINES` and waits for the prompt. */
async function print(terminal: Terminal): Promise<void> {
  terminal.clear();
  const begin = terminal.received;
  terminal.type(`seq 1 ${LINES}\r`);
  await terminal.untilReceived(begin + BYTES);
  const end = new RegExp(`\n${LINES}\\s[^]*\\$\\s*$`);
  await terminal.until((text) => end.test(text), 'the last number and a prompt');
}

/** What `withBoth` gives. */
export interface Both {
  readonly server: LabServer;
  readonly ours: Terminal;
  readonly theirs: Terminal;
}

/** A terminal of a learner, and another shell of the same sandbox by the Docker client. */
export async function withBoth<T>(world: BenchWorld, work: (both: Both) => Promise<T>): Promise<T> {
  const server = await world.server('python');
  await server.untilWarm('python');
  const learner = new LabLearner(server);
  const { id }: SandboxInfo = await learner.start('python');
  await server.untilWarm('python');
  const ours = learner.look(id);
  const theirs = new ClientShell(['docker', 'exec', '-it', server.engineId(id), 'bash']);
  try {
    await ours.prompt();
    await theirs.prompt();
    return await work({ server, ours, theirs });
  } finally {
    ours.close();
    await theirs.close();
    await learner.end(id);
  }
}
