/** Start, see, reset, extend and end a sandbox. The work is done by the registry. */
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { createSandboxSchema, sandboxSchema } from '../../protocol/api.ts';
import { DrydockError } from '../errors.ts';
import type { AppDeps } from './deps.ts';
import { BUSY, CONFLICT, errorBodyOf, jsonBody, NO_ENGINE, noBody, NOT_FOUND } from './openapi.ts';
import { sandboxView } from './sandbox-view.ts';

const TAGS = ['sandboxes'];
const params = z.object({ id: z.string().describe('The sandbox') });

const startSchema = {
  summary: "Start a lesson's lab",
  description:
    'Answers at once. While the state is `starting`, the events of the sandbox tell how far it is.',
  tags: TAGS,
  body: createSandboxSchema,
  response: {
    200: jsonBody(sandboxSchema, 'The learner has one already'),
    201: jsonBody(sandboxSchema, 'Started'),
    400: errorBodyOf('The body has not the form above'),
    403: errorBodyOf('A page of another origin asked'),
    404: errorBodyOf('No such lesson'),
    429: BUSY,
    503: NO_ENGINE,
  },
};

const stateSchema = {
  summary: 'The state of a sandbox',
  tags: TAGS,
  params,
  response: { 200: jsonBody(sandboxSchema, 'Its state'), 404: NOT_FOUND },
};

const endSchema = {
  summary: 'End a sandbox; all that is in it is lost',
  tags: TAGS,
  params,
  response: { 204: noBody('Ended'), 404: NOT_FOUND, 503: NO_ENGINE },
};

export function addSandboxRoutes(app: FastifyInstance, deps: AppDeps): void {
  const { registry } = deps;
  const api = app.withTypeProvider<ZodTypeProvider>();
  addStart(app, deps);
  api.get('/api/sandboxes/:id', { schema: stateSchema }, (request, reply) => {
    reply.header('cache-control', 'no-store');
    return sandboxView(registry.get(request.learner, request.params.id), deps);
  });
  api.delete('/api/sandboxes/:id', { schema: endSchema }, async (request, reply) => {
    await registry.end(request.learner, request.params.id);
    return reply.code(204).send(undefined);
  });
  addChange(app, deps, { verb: 'reset', summary: 'A fresh scene in a fresh sandbox, under the same id' });
  addChange(app, deps, { verb: 'extend', summary: 'A later expiry' });
}

function addStart(app: FastifyInstance, deps: AppDeps): void {
  const api = app.withTypeProvider<ZodTypeProvider>();
  api.post('/api/sandboxes', { schema: startSchema }, async (request, reply) => {
    const lesson = deps.catalog().lesson(request.body.lesson);
    if (!lesson) throw new DrydockError('not-found', `There is no lesson "${request.body.lesson}".`);
    const { entry, created } = await deps.registry.start(request.learner, lesson);
    deps.progress.started(request.learner, lesson.id, new Date());
    return reply.code(created ? 201 : 200).send(sandboxView(entry, deps));
  });
}

function addChange(
  app: FastifyInstance,
  deps: AppDeps,
  change: { verb: 'reset' | 'extend'; summary: string },
): void {
  const schema = {
    summary: change.summary,
    tags: TAGS,
    params,
    response: {
      200: jsonBody(sandboxSchema, 'Its new state'),
      404: NOT_FOUND,
      409: CONFLICT,
      429: BUSY,
      503: NO_ENGINE,
    },
  };
  app
    .withTypeProvider<ZodTypeProvider>()
    .post(`/api/sandboxes/:id/${change.verb}`, { schema }, async (request) =>
      sandboxView(await deps.registry[change.verb](request.learner, request.params.id), deps),
    );
}
