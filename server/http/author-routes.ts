/** What the author bar of a lesson's page asks for. Only there during development. */
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { checkRunSchema } from '../../protocol/api.ts';
import { SCRIPT_ERRORS, taskParams } from './check-routes.ts';
import type { AppDeps } from './deps.ts';
import { jsonBody } from './openapi.ts';

const schema = {
  summary: 'Run a check and see all that it says',
  description: 'Only while lessons are being written. Nothing is kept, and no page is told.',
  tags: ['authoring'],
  params: taskParams,
  response: { 200: jsonBody(checkRunSchema, 'How the script ended'), ...SCRIPT_ERRORS },
};

export function addAuthorRoutes(app: FastifyInstance, deps: AppDeps, closing: AbortSignal): void {
  const { checks, registry } = deps;
  app
    .withTypeProvider<ZodTypeProvider>()
    .post('/api/author/sandboxes/:id/tasks/:task/check', { schema }, ({ learner, params: { id, task } }) =>
      checks.inspect(registry.get(learner, id), task, closing),
    );
}
