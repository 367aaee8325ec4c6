/** Checks whether a task is done, and gives hints that look at the sandbox. */
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { hintSchema, verdictSchema } from '../../protocol/api.ts';
import type { AppDeps } from './deps.ts';
import { BUSY, CONFLICT, errorBodyOf, jsonBody, NO_ENGINE } from './openapi.ts';

/** What the scripts of a task have in common. */
export const taskParams = z.object({
  id: z.string().describe('The sandbox'),
  task: z.string().describe('The exercise, as in the lesson'),
});
export const SCRIPT_ERRORS = {
  404: errorBodyOf('No such sandbox, or nothing of this kind in its lesson'),
  409: CONFLICT,
  429: BUSY,
  503: NO_ENGINE,
  504: errorBodyOf('The engine took too long'),
};

const checkSchema = {
  summary: 'Check whether an exercise is done',
  tags: ['sandboxes'],
  params: taskParams,
  response: { 200: jsonBody(verdictSchema, 'The verdict, also when it is not done'), ...SCRIPT_ERRORS },
};
const hintRouteSchema = {
  summary: 'A hint that has looked at the sandbox',
  tags: ['sandboxes'],
  params: taskParams,
  response: { 200: jsonBody(hintSchema, 'The hint; empty where there is nothing to say'), ...SCRIPT_ERRORS },
};

/** Scripts go on when the learner's page goes away, since other tabs wait for the verdict too, but end when `closing`
 * is aborted. */
export function addCheckRoutes(app: FastifyInstance, deps: AppDeps, closing: AbortSignal): void {
  const { checks, registry } = deps;
  const api = app.withTypeProvider<ZodTypeProvider>();
  api.post(
    '/api/sandboxes/:id/tasks/:task/check',
    { schema: checkSchema },
    ({ learner, params: { id, task } }) => checks.check(registry.get(learner, id), task, closing),
  );
  api.post(
    '/api/sandboxes/:id/tasks/:task/hint',
    { schema: hintRouteSchema },
    ({ learner, params: { id, task } }) => checks.hint(registry.get(learner, id), task, closing),
  );
}
