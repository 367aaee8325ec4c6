/** How many proofs a machine takes on at a time, and how much longer each may then take. Knows nothing about lessons. */
import { availableParallelism, loadavg } from 'node:os';

/** Proofs wait for programs that start, for daemons and for what comes by itself as long as they compute. */
const PROOFS_PER_PROCESSOR = 2;

/** Proofs that run at a time, where there is memory for them. */
export function proofsAtATime(): number {
  return availableParallelism() * PROOFS_PER_PROCESSOR;
}

/** By how much the deadline of a script is to be stretched at this moment: 1 unless more runs here, proofs or anything
 * else, than there are processors. */
export function patience(): number {
  return Math.max(1, (loadavg()[0] ?? 0) / availableParallelism());
}
