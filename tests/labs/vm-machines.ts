/** Waits for the machines of the lab "vm". */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Learner } from './support.ts';

/** Milliseconds in which a machine boots: software emulation on a machine that is busy with other tests. */
const BOOT_MS = 90_000;

/** Resolves with what the machine wrote to its console once it has booted. */
export async function booted(learner: Learner, name: string): Promise<string> {
  let log = '';
  await until(`${name} to boot`, async () => {
    log = (await learner.run(`cat machines/${name}.log`)).stdout;
    return log.includes('end the machine with: poweroff');
  });
  return log;
}

/** Resolves once it holds; rejects with what was expected after the time of a slow boot. */
export async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + BOOT_MS;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`expected ${what} within ${BOOT_MS / 1000} s`);
    await sleep(200);
  }
}
