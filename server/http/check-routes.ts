/** Checks whether a task is done, keeps what the learner has passed, and tells all who watch the sandbox. */
import { readFile } from 'node:fs/promises';
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { verdictSchema, type Verdict } from '../../protocol/api.ts';
import { DrydockError } from '../errors.ts';
import type { Entry } from '../sandbox/registry.ts';
import type { AppDeps, LearnerProgress } from './deps.ts';
import type { EventHub } from './event-hub.ts';
import { BUSY, CONFLICT, errorBodyOf, jsonBody, NO_ENGINE } from './openapi.ts';

/** Time for a check to wait for its turn and for the engine, on top of what the task allows it. */
const OVERHEAD_MS = 30_000;

const schema = {
  summary: 'Check whether a task is done',
  tags: ['sandboxes'],
  params: z.object({
    id: z.string().describe('The sandbox'),
    task: z.string().describe('The task, as in the lesson'),
  }),
  response: {
    200: jsonBody(verdictSchema, 'The verdict, also when the task is not done'),
    404: errorBodyOf('No such sandbox or no such task'),
    409: CONFLICT,
    429: BUSY,
    503: NO_ENGINE,
    504: errorBodyOf('The engine took too long'),
  },
};

/** What the route shares with the rest of the app. */
export interface CheckParts {
  readonly hub: EventHub;
  /** Aborted when the app closes; checks end then. */
  readonly closing: AbortSignal;
}

export function addCheckRoutes(app: FastifyInstance, deps: AppDeps, { hub, closing }: CheckParts): void {
  app
    .withTypeProvider<ZodTypeProvider>()
    .post('/api/sandboxes/:id/tasks/:task/check', { schema }, ({ learner, params: { id, task } }) => {
      const entry = deps.registry.get(learner, id);
      return check(deps, { entry, task, closing }).then((verdict) => {
        record(deps.progress, { entry, task, verdict });
        hub.publish(id, { event: 'task', data: { id: task, verdict } });
        return verdict;
      });
    });
}

/** Runs the check of the task. It goes on when the learner's page goes away: other tabs wait for the verdict too. */
async function check(
  { catalog, registry, runCheck, log }: AppDeps,
  { entry, task, closing }: { entry: Entry; task: string; closing: AbortSignal },
): Promise<Verdict> {
  const known = catalog()
    .lesson(entry.lesson)
    ?.tasks.find(({ id }) => id === task);
  if (known?.kind !== 'exercise') throw new DrydockError('not-found', `The lesson ${entry.lesson} has no task "${task}".`);
  if (entry.state !== 'ready') {
    throw new DrydockError('conflict', `The lab must be ready for a check; it is ${entry.state}.`, {
      details: { state: entry.state },
    });
  }
  const timeoutMs = known.timeoutSeconds * 1000;
  const signal = AbortSignal.any([closing, AbortSignal.timeout(timeoutMs + OVERHEAD_MS)]);
  const [script, sandbox] = await Promise.all([
    readFile(known.checkFile, 'utf8'),
    registry.sandbox(entry.id, signal),
  ]);
  const onFault = (fault: object): void =>
    log.error({ lesson: entry.lesson, task, ...fault }, 'the check of a task is faulty');
  return runCheck(sandbox, { script, timeoutMs, onFault }, signal);
}

function record(
  progress: LearnerProgress,
  { entry: { learner, lesson }, task, verdict }: { entry: Entry; task: string; verdict: Verdict },
): void {
  const at = new Date();
  progress.attempt(learner, { lesson, task }, { status: verdict.status, at });
  if (verdict.status === 'passed') progress.passed(learner, lesson, task, at);
}
