/** How fast a terminal answers and how much it carries, at the socket; compared with `docker exec -it`. */
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SandboxInfo } from '../../protocol/api.ts';
import { LabLearner, type LabServer } from '../support/lab-server.ts';
import { ClientShell } from './client-shell.ts';
import { compare, median, timed, writeMs, type Row } from './figure.ts';
import type { BenchWorld } from './world.ts';

const KEYS = 40;
const LINES = 3_000_000;
/** What `seq 1 LINES` sends through a terminal: the digits, and two characters at the end of each line. */
const BYTES = 19_888_896 + 2 * LINES;
/** Milliseconds between two keystrokes: a fast typist's. Back to back they would meet the server's batches. */
const KEY_PAUSE_MS = 25;
const MB = 1_000_000;

/** A terminal on either side. */
interface Terminal {
  readonly received: number;
  type(text: string): void;
  clear(): void;
  until(condition: (text: string) => boolean, what: string): Promise<void>;
  untilReceived(bytes: number): Promise<void>;
}

export function keystrokeEcho(world: BenchWorld): Row {
  return {
    name: 'echo of a keystroke / docker exec -it',
    lab: 'python',
    unit: 'x',
    measure: () =>
      withBoth(world, ({ ours, theirs }) =>
        compare({ rounds: 5, write: writeMs, ours: () => echo(ours), theirs: () => echo(theirs) }),
      ),
  };
}

/** Time for the same output, so that less is better as everywhere in the table. */
export function flood(world: BenchWorld): Row {
  const rate = (terminal: Terminal) => async (): Promise<number> => {
    const before = terminal.received;
    const took = await timed(() => print(terminal));
    return took / ((terminal.received - before) / MB);
  };
  return {
    name: `time for seq 1 ${LINES} / docker exec -it`,
    lab: 'python',
    unit: 'x',
    measure: () =>
      withBoth(world, ({ ours, theirs }) =>
        compare({
          rounds: 3,
          write: (msPerMb) => `${(1000 / msPerMb).toFixed(1)} MB/s`,
          ours: rate(ours),
          theirs: rate(theirs),
        }),
      ),
  };
}

/** Processor time of the server's process for output that one viewer reads. */
export function serverWork(world: BenchWorld): Row {
  return {
    name: 'processor time of the server for 100 MB of output',
    lab: 'python',
    unit: 's',
    measure: () =>
      withBoth(world, async ({ ours, server }) => {
        const spent: number[] = [];
        for (let round = 0; round < 3; round++) {
          const [bytes, seconds] = [ours.received, processorSeconds(server.pid)];
          await print(ours);
          spent.push((processorSeconds(server.pid) - seconds) / ((ours.received - bytes) / (100 * MB)));
        }
        return { value: median(spent), detail: `seq 1 ${LINES} to one viewer, 3 rounds` };
      }),
  };
}

interface Both {
  readonly server: LabServer;
  readonly ours: Terminal;
  readonly theirs: Terminal;
}

/** A terminal of a learner, and another shell of the same sandbox by the Docker client. */
async function withBoth<T>(world: BenchWorld, work: (both: Both) => Promise<T>): Promise<T> {
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

/** Milliseconds from a typed character to its echo, the median of many. */
async function echo(terminal: Terminal): Promise<number> {
  const took: number[] = [];
  for (let key = 0; key < KEYS; key++) {
    await sleep(KEY_PAUSE_MS);
    terminal.clear();
    took.push(
      await timed(async () => {
        terminal.type('x');
        await terminal.until((text) => text.includes('x'), 'the echo');
      }),
    );
  }
  terminal.clear();
  terminal.type('\u0015');
  await terminal.until((text) => text !== '', 'an empty line');
  return median(took);
}

async function print(terminal: Terminal): Promise<void> {
  terminal.clear();
  const begin = terminal.received;
  terminal.type(`seq 1 ${LINES}\r`);
  await terminal.untilReceived(begin + BYTES);
  const end = new RegExp(`\n${LINES}\\s[^]*\\$\\s*$`);
  await terminal.until((text) => end.test(text), 'the last number and a prompt');
}

/** Time that a process has spent on a processor; the kernel counts in hundredths of a second. */
function processorSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}
