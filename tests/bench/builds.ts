/** `docker build` in the lab `docker`, compared with the host's own engine. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Sandbox } from '../../server/sandbox/engine.ts';
import { compare, Skip, writeMs, type Row } from './figure.ts';
import { docker, type BenchWorld } from './world.ts';

const BASE = 'python:3.11-slim';
const RESULT = 'drydock-bench-app';
const APP = 'print("Hello from Dockerized Python!")\n';
const DOCKERFILE = `FROM ${BASE}\nWORKDIR /app\nCOPY app.py /app\nCMD ["python", "app.py"]\n`;

/** The Dockerfile of the first lesson, without the cache. */
export function dockerBuild(world: BenchWorld): Row {
  return {
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
        return await compare({
          rounds: 3,
          write: writeMs,
          ours: () => timeInLab(sandbox, `cd app && docker build -q --no-cache -t ${RESULT} .`),
          theirs: async () => {
            const began = performance.now();
            await docker('build', '-q', '--no-cache', '-t', RESULT, folder);
            return performance.now() - began;
          },
        });
      } finally {
        await sandbox.destroy();
        await rm(folder, { recursive: true });
        await docker('rmi', RESULT, ...(lent ? [BASE] : [])).catch(() => undefined);
      }
    },
  };
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
