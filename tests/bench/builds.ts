/** `docker build` in the lab `docker`, compared with the host's own engine. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Sandbox } from '../../server/sandbox/engine.ts';
import { compare, single, Skip, writeMs, type Row } from './figure.ts';
import { docker, type BenchWorld } from './world.ts';

const BASE = 'python:3.11-slim';
const RESULT = 'drydock-bench-app';
const APP = 'print("Hello from Dockerized Python!")\n';
const DOCKERFILE = `FROM ${BASE}\nWORKDIR /app\nCOPY app.py /app\nCMD ["python", "app.py"]\n`;

/** The lab's dockerd ends a build at a whole second of the clock, so each round starts at another moment of a second. */
const ROUNDS = 10;

/** The Dockerfile of the first lesson, without the cache. */
export function dockerBuild(world: BenchWorld): Row {
  return single({
    name: 'docker build in the lab / on the host’s engine',
    lab: 'docker',
    unit: 'x',
    bar: 3,
    measure: async () => {
      const sandbox = await world.sandbox('docker');
      const folder = await mkdtemp(path.join(tmpdir(), 'drydock-bench-'));
      let lent = false;
      try {
        await writeFile(path.join(folder, 'Dockerfile'), DOCKERFILE);
        await writeFile(path.join(folder, 'app.py'), APP);
        await inLab(sandbox, `mkdir app && cd app && printf '%s' '${APP.trimEnd()}' > app.py`);
        await inLab(sandbox, `cd app && printf '%s' '${DOCKERFILE}' > Dockerfile`);
        lent = await lendBase(sandbox);
        let round = 0;
        return await compare({
          rounds: ROUNDS,
          write: writeMs,
          ours: async () => {
            await untilMomentOfSecond((round++ + 0.5) / ROUNDS);
            return timeInLab(sandbox, `cd app && docker build -q --no-cache -t ${RESULT} .`);
          },
          theirs: async () => {
            const began = performance.now();
            await docker('build', '-q', '--no-cache', '-t', RESULT, folder);
            const took = performance.now() - began;
            // The next round would leave this one behind without a name.
            await docker('rmi', RESULT);
            return took;
          },
        });
      } finally {
        await sandbox.destroy();
        await rm(folder, { recursive: true });
        if (lent) await docker('rmi', BASE).catch(() => undefined);
      }
    },
  });
}

/** Gives the host's engine the lab's base image; false where it has one of that name. */
async function lendBase(sandbox: Sandbox): Promise<boolean> {
  const known = await docker('image', 'inspect', BASE).catch(() => undefined);
  if (known !== undefined) return false;
  const save = spawn('docker', ['exec', sandbox.info.id, 'docker', 'save', BASE], {
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: 60_000,
  });
  const load = spawn('docker', ['load', '-q'], { stdio: [save.stdout, 'ignore', 'ignore'], timeout: 60_000 });
  const [code] = (await once(load, 'exit')) as [number | null];
  if (code !== 0) throw new Skip(`the host has no image ${BASE}, and the lab's own could not be lent to it`);
  return true;
}

/** Resolves when the clock is next at this fraction of a second. */
async function untilMomentOfSecond(fraction: number): Promise<void> {
  await sleep((fraction * 1000 - (Date.now() % 1000) + 1000) % 1000);
}

async function timeInLab(sandbox: Sandbox, script: string): Promise<number> {
  const began = performance.now();
  await inLab(sandbox, script);
  return performance.now() - began;
}

async function inLab(sandbox: Sandbox, script: string): Promise<void> {
  const limits = { timeoutMs: 120_000, maxOutputBytes: 10_000 };
  const { code, stdout, stderr } = await sandbox.run(['bash', '-c', script], limits);
  if (code !== 0) throw new Error(`"${script}" ended with ${code}: ${(stderr || stdout).slice(-500)}`);
}
