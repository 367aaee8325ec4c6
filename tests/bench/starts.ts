/** How long a learner waits for a prompt, and what a sandbox holds while nobody uses it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { memoryOfContainer } from '../abuse/host.ts';
import { LabLearner } from '../support/lab-server.ts';
import { ClientShell } from './client-shell.ts';
import { compare, single, timed, writeMs, type Row, type Single } from './figure.ts';
import { docker, type BenchWorld } from './world.ts';

const IDLE_MB: Readonly<Record<string, number>> = { python: 10, docker: 100, vm: 40 };
/** Milliseconds after which a sandbox has come to rest. */
const REST_MS = 5000;

/** From the learner's request to the prompt on a socket; compared with the same image started by hand. */
export function warmClaim(world: BenchWorld, lab: string): Row {
  return single({
    name: 'warm claim to prompt / docker run -it to prompt',
    bar: 0.05,
    ...claimOf(world, lab, lab),
  });
}

/** The same for a lesson whose files are laid into the home folder first. */
export function warmClaimWithFiles(world: BenchWorld, lab: string): Row {
  return single({
    name: 'warm claim to prompt, lesson with files / docker run -it to prompt',
    ...claimOf(world, lab, `${lab}-files`),
  });
}

/** Milliseconds from `docker run -it` to its prompt. */
export async function runToPrompt(image: string): Promise<number> {
  const began = performance.now();
  const name = `drydock-bench-${process.pid}`;
  const shell = new ClientShell(['docker', 'run', '-it', '--rm', '--name', name, image, 'bash']);
  try {
    await shell.prompt();
    return performance.now() - began;
  } finally {
    await shell.close();
    await docker('rm', '-fv', name).catch(() => undefined);
  }
}

function claimOf(world: BenchWorld, lab: string, lesson: string): Pick<Single, 'lab' | 'unit' | 'measure'> {
  return {
    lab,
    unit: 'x',
    measure: async () => {
      const image = await world.image(lab);
      const server = await world.server(lab);
      return compare({
        rounds: 9,
        write: writeMs,
        ours: async () => {
          await server.untilWarm(lab);
          const learner = new LabLearner(server);
          const began = performance.now();
          const { id } = await learner.begin(lesson);
          const viewer = learner.look(id);
          await viewer.prompt();
          const took = performance.now() - began;
          viewer.close();
          await learner.end(id);
          // The pool makes up for it at once, which would slow down whatever is measured next.
          await server.untilWarm(lab);
          return took;
        },
        theirs: () => runToPrompt(image),
      });
    },
  };
}

/** A sandbox from nothing to usable, for `docker` to a working `docker version`; compared with a container alone. */
export function coldStart(world: BenchWorld, lab: string): Row {
  return single({
    name: 'cold start to usable / docker run of a plain container',
    lab,
    unit: 'x',
    ...(lab === 'docker' && { bar: 6 }),
    measure: async () => {
      const image = await world.image(lab);
      await world.release(lab);
      return compare({
        rounds: 3,
        write: writeMs,
        ours: async () => {
          const began = performance.now();
          const sandbox = await world.sandbox(lab);
          const took = performance.now() - began;
          await sandbox.destroy();
          return took;
        },
        theirs: async () => {
          let id = '';
          const took = await timed(async () => (id = await docker('run', '-d', image, 'sleep', '60')));
          await docker('rm', '-fv', id);
          return took;
        },
      });
    },
  });
}

/** Memory of a sandbox as the pool keeps it. */
export function idleMemory(world: BenchWorld, lab: string): Row {
  return single({
    name: 'memory of an idle sandbox',
    lab,
    unit: 'MB',
    bar: IDLE_MB[lab],
    measure: async () => {
      const sandbox = await world.sandbox(lab);
      try {
        await sandbox.standBy();
        await sleep(REST_MS);
        const { used, peak } = memoryOfContainer(sandbox.info.id);
        return {
          value: used,
          detail: `its cgroup, without file pages that can be dropped; peak ${Math.round(peak)} MB`,
        };
      } finally {
        await sandbox.destroy();
      }
    },
  });
}
