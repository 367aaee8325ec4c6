/** The calls of a lab, to the server that the page came from. */
import type { Ready } from '../../protocol/api.ts';
import { call, readJson, request, sandboxPath } from './api.ts';
import type { LabApi } from './api.ts';

/** The server that the page came from. */
export const labApi: LabApi = {
  start: (lesson) => call('POST', '/api/sandboxes', { body: { lesson }, deadline: 30_000 }),
  get: (id) => call('GET', sandboxPath(id)),
  end: (id) => call('DELETE', sandboxPath(id), { deadline: 30_000 }),
  reset: (id) => call('POST', sandboxPath(id, '/reset'), { deadline: 60_000 }),
  extend: (id) => call('POST', sandboxPath(id, '/extend')),
  // A check may take two minutes and wait for another one before it.
  check: (id, task) =>
    call('POST', sandboxPath(id, `/tasks/${encodeURIComponent(task)}/check`), { deadline: 250_000 }),
  engineAnswers: async () => {
    // 503 has the same body: the engine may answer while no lab is ready.
    const response = await request('GET', '/readyz', { deadline: 10_000 });
    const ready = (await readJson(response)) as Partial<Ready>;
    return typeof ready.engine === 'string';
  },
};
