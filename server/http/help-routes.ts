/** Keeps what help a learner has taken. */
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { helpSchema } from '../../protocol/api.ts';
import { DrydockError } from '../errors.ts';
import type { AppDeps } from './deps.ts';
import { errorBodyOf, noBody } from './openapi.ts';

const schema = {
  summary: 'Tell that the learner took help',
  description: 'A hint was unfolded, or the solution looked at or typed. Needs no sandbox.',
  tags: ['lessons'],
  body: helpSchema,
  response: {
    204: noBody('Kept'),
    400: errorBodyOf('Not a kind of help'),
    404: errorBodyOf('No such lesson, or no such task in it'),
  },
};

export function addHelpRoutes(app: FastifyInstance, { catalog, progress }: AppDeps): void {
  const api = app.withTypeProvider<ZodTypeProvider>();
  api.post('/api/help', { schema }, async ({ learner, body: { lesson, task, kind } }, reply) => {
    const known = catalog().lesson(lesson);
    if (!known) throw new DrydockError('not-found', `There is no lesson "${lesson}".`);
    if (!known.tasks.some(({ id }) => id === task))
      throw new DrydockError('not-found', `The lesson ${lesson} has no task "${task}".`);
    progress.help(learner, { lesson, task }, { kind, at: new Date() });
    return reply.code(204).send(undefined);
  });
}
