/** Types a text into a terminal for the learner. How that is done is the terminal's. */
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { typeSchema } from '../../protocol/api.ts';
import type { AppDeps } from './deps.ts';
import { errorBodyOf, jsonBody } from './openapi.ts';
import { terminalKey } from './terminal-lifecycle.ts';
import { readyEntry, TERMINAL_PARAMS } from './terminal-lookup.ts';

const DESCRIPTION = `Types as a person would: a line and Enter, then the next one when the prompt is free again. Answers when the first
line is typed. The rest follows, until somebody types something else or a line takes longer than two minutes. The same \`id\`
is never typed twice. Where the prompt is not free, nothing is typed and the answer is 409 with \`details\`: \`reason\` is
\`running\`, \`line-not-empty\`, or \`typing\` while another text is; \`line\` is what stands there.`;

const schema = {
  summary: 'Type a text into a terminal',
  description: DESCRIPTION,
  tags: ['sandboxes'],
  params: TERMINAL_PARAMS,
  body: typeSchema,
  response: {
    202: jsonBody(z.strictObject({}), 'The first line is typed'),
    400: errorBodyOf('The body has not the form above, or has too many lines'),
    403: errorBodyOf('A page of another origin asked'),
    404: errorBodyOf('No such sandbox, or the terminal is not open, or it belongs to another learner'),
    409: errorBodyOf('The prompt is not free, or the sandbox is not ready'),
  },
};

export function addTypeRoutes(app: FastifyInstance, deps: AppDeps): void {
  app
    .withTypeProvider<ZodTypeProvider>()
    .post('/api/sandboxes/:id/terminals/:name/type', { schema }, async (request, reply) => {
      const { id, name } = request.params;
      const entry = readyEntry(deps, request.learner, id);
      deps.terminalList.mustHave(entry, name);
      await deps.terminals.type(terminalKey(entry, name), request.body);
      return reply.code(202).send({});
    });
}
