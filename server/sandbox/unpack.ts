/** How every engine unpacks an archive in a sandbox: by tar, and what its failures mean. Knows nothing about scenes. */
import { DrydockError } from '../errors.ts';
import type { RunLimits, RunResult, Sandbox } from './engine.ts';

/** Reads an archive from stdin. What it unpacks belongs to the lab's user. */
export const TAR: readonly string[] = ['tar', '--extract', '--file=-', '--no-same-owner'];

/** Bytes of tar's complaints that are read. */
export const COMPLAINT_BYTES = 4096;

export type UnpackLimits = Pick<RunLimits, 'timeoutMs' | 'signal'>;

/** `Sandbox.unpack` by a command that is started for it. */
export async function unpackByRun(
  sandbox: Pick<Sandbox, 'run'>,
  archive: Uint8Array,
  limits: UnpackLimits,
): Promise<void> {
  judgeTar(await sandbox.run(TAR, { ...limits, maxOutputBytes: COMPLAINT_BYTES, input: archive }));
}

/** Throws what `Sandbox.unpack` promises where tar did not succeed. */
export function judgeTar({ code, stderr, timedOut }: Omit<RunResult, 'stdout'>): void {
  if (timedOut) throw new DrydockError('timeout', 'Unpacking the files took too long.');
  if (code !== 0) throw new DrydockError('internal', `tar ended with code ${code}: ${stderr.trim()}`);
}
