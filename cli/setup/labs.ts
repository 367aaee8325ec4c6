/** Makes sure that the images of all labs are there. */
import path from 'node:path';
import { pino } from 'pino';
import { createDockerEngine } from '../../server/sandbox/docker.ts';
import { findDocker } from '../../server/sandbox/docker-address.ts';
import { readLabs } from '../../server/lessons/read-labs.ts';

/** Longest that building all labs may take, in milliseconds. */
const DEADLINE = 30 * 60_000;

/** Builds what is missing. Rejects with the reason of the first lab that cannot be built. */
export async function ensureLabs(root: string, say: (line: string) => void): Promise<void> {
  const { found } = await findDocker(process.env);
  if (found === undefined) throw new Error('No container engine answers.');
  const engine = createDockerEngine({ docker: found, instance: 'set-up', log: pino({ level: 'silent' }) });
  try {
    for (const lab of readLabs(path.join(root, 'labs'))) {
      const show = ({ progress, step }: { progress: number; step: string }): void =>
        say(`${lab.name}: ${step}, ${Math.floor(progress * 20) * 5} %`);
      await engine.prepare(lab, show, AbortSignal.timeout(DEADLINE));
    }
  } finally {
    await engine.close();
  }
}
