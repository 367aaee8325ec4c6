/** The calls that add and close terminals of a sandbox, each with a deadline. */
import { call, sandboxPath } from './api.ts';

/** Adds a terminal, of this name where one is given; resolves with its name. Rejects with `CallError`, such as where there are as many as may be. */
export async function addTerminal(sandbox: string, wanted?: string): Promise<string> {
  const body = wanted === undefined ? {} : { name: wanted };
  const { name } = await call<{ name: string }>('POST', sandboxPath(sandbox, '/terminals'), { body });
  return name;
}

/** Closes a terminal and ends what runs in it. Rejects with `CallError`; `not-found`: it was closed already. */
export function closeTerminal(sandbox: string, name: string): Promise<void> {
  return call('DELETE', sandboxPath(sandbox, `/terminals/${encodeURIComponent(name)}`));
}
