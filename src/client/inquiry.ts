/** Finds out why a terminal or a stream of events was refused: a browser tells no reason. Changes nothing. */
import type { SandboxInfo } from '../../protocol/api.ts';
import { CallError } from './api.ts';
import type { LabApi } from './api.ts';
import type { Trouble } from './lab-state.ts';
import { troubleOf } from './patience.ts';

/** What was found: the sandbox in another state than ready, no sandbox any more, or what stands in the way. */
export type Finding =
  { readonly sandbox: SandboxInfo } | { readonly gone: true } | { readonly trouble: Trouble };

/** Asks the server about the sandbox. Never rejects. */
export async function inquire(api: Pick<LabApi, 'get' | 'engineAnswers'>, id: string): Promise<Finding> {
  try {
    const sandbox = await api.get(id);
    if (sandbox.state !== 'ready') return { sandbox };
    // The sandbox is there, so what refuses the terminal is the engine or something in between.
    const engine = await api.engineAnswers().catch(() => true);
    return { trouble: engine ? 'blocked' : 'engine' };
  } catch (error) {
    return isNotFound(error) ? { gone: true } : { trouble: troubleOf(error) ?? 'server' };
  }
}

/** Whether the server does not know what was asked for. */
export function isNotFound(error: unknown): boolean {
  return error instanceof CallError && error.code === 'not-found';
}
