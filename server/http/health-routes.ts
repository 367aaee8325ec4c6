/** Whether the server lives, and whether learners can work: for load balancers, for monitoring and for our own pages. */
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { readySchema, type LabState } from '../../protocol/api.ts';
import { toDrydockError } from '../errors.ts';
import type { AppDeps } from './deps.ts';
import { jsonBody } from './openapi.ts';

const TAGS = ['operation'];

export function addHealthRoutes(app: FastifyInstance, { engine, labs }: AppDeps): void {
  const api = app.withTypeProvider<ZodTypeProvider>();
  api.get(
    '/healthz',
    {
      schema: {
        summary: 'Whether the process serves',
        tags: TAGS,
        response: { 200: jsonBody(z.object({ status: z.literal('ok') }), 'It does') },
      },
    },
    () => ({ status: 'ok' as const }),
  );
  const engineFault = sharedWhileAsked(() => faultOf(engine));
  api.get(
    '/readyz',
    {
      schema: {
        summary: 'Whether learners can work',
        tags: TAGS,
        response: {
          200: jsonBody(readySchema, 'The engine answers, and at least one lab is there or on its way'),
          503: jsonBody(readySchema, 'Otherwise'),
        },
      },
    },
    async (_request, reply) => {
      const reason = await engineFault();
      const states = labs.states();
      const ready = reason === undefined && Object.values(states).some(isUsable);
      reply.code(ready ? 200 : 503).header('cache-control', 'no-store');
      return { engine: reason === undefined ? engine.name : null, reason, labs: states };
    },
  );
}

function isUsable({ state }: LabState): boolean {
  return state !== 'failed' && state !== 'unavailable';
}

/** Why the engine does not answer; undefined when it does. */
async function faultOf(engine: AppDeps['engine']): Promise<string | undefined> {
  try {
    await engine.ping();
    return undefined;
  } catch (error) {
    const { code, message } = toDrydockError(error);
    return code === 'internal' ? 'The engine does not answer.' : message;
  }
}

/** Asks once at a time: those who come meanwhile get the same answer. */
function sharedWhileAsked<Answer>(ask: () => Promise<Answer>): () => Promise<Answer> {
  let answer: Promise<Answer> | undefined;
  return () => {
    if (answer) return answer;
    const asked = ask();
    answer = asked;
    const forget = (): void => void (answer = undefined);
    void asked.then(forget, forget);
    return asked;
  };
}
