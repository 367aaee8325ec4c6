/** Adds and closes further terminals of a sandbox. They open when the first viewer connects. */
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { createTerminalSchema, terminalSchema } from '../../protocol/api.ts';
import { CLOSE } from '../../protocol/messages.ts';
import type { Entry } from '../sandbox/registry.ts';
import type { AppDeps } from './deps.ts';
import { BUSY, errorBodyOf, jsonBody, noBody, NOT_FOUND } from './openapi.ts';
import { sandboxView } from './sandbox-view.ts';
import { terminalKey } from './terminal-lifecycle.ts';
import { readyEntry, TERMINAL_PARAMS } from './terminal-lookup.ts';

const addSchema = {
  summary: 'A further terminal',
  description: `Without a name it gets one. Its shell starts with the first viewer, and after its exit with the next one; it stays in
the list until it is closed, the sandbox is reset or ends, or the server starts anew. All who watch get a \`state\` event.`,
  tags: ['sandboxes'],
  params: TERMINAL_PARAMS.pick({ id: true }),
  body: createTerminalSchema.nullish(),
  response: {
    201: jsonBody(terminalSchema, 'Added'),
    400: errorBodyOf('Not a name: a lower-case letter, then letters, digits and hyphens'),
    403: errorBodyOf('A page of another origin asked'),
    404: NOT_FOUND,
    409: errorBodyOf('The name is taken, or the sandbox is not ready'),
    429: BUSY,
  },
};

const closeSchema = {
  summary: 'Close a further terminal; what runs in it is ended',
  tags: ['sandboxes'],
  params: TERMINAL_PARAMS,
  response: {
    204: noBody('Closed'),
    403: errorBodyOf('A page of another origin asked'),
    404: errorBodyOf('No such sandbox or terminal, or it belongs to another learner'),
    409: errorBodyOf('It is the main terminal, or the sandbox is not ready'),
  },
};

export function addTerminalListRoutes(app: FastifyInstance, deps: AppDeps): void {
  const { terminalList, terminals, hub } = deps;
  const api = app.withTypeProvider<ZodTypeProvider>();
  const tell = (entry: Entry): void =>
    hub.publish(entry.id, { event: 'state', data: sandboxView(entry, deps) });
  api.post('/api/sandboxes/:id/terminals', { schema: addSchema }, async (request, reply) => {
    const entry = readyEntry(deps, request.learner, request.params.id);
    const name = terminalList.add(entry, request.body?.name);
    tell(entry);
    return reply.code(201).send({ name });
  });
  api.delete('/api/sandboxes/:id/terminals/:name', { schema: closeSchema }, async (request, reply) => {
    const { id, name } = request.params;
    const entry = readyEntry(deps, request.learner, id);
    terminalList.remove(entry, name);
    const message = { type: 'exit', reason: 'shell-exited', code: null } as const;
    terminals.end(terminalKey(entry, name), { code: CLOSE.ended, reason: 'closed', message });
    tell(entry);
    return reply.code(204).send(undefined);
  });
}
