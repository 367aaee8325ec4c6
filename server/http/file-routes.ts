/** The learner's files, for editors and for programs. What is possible is the sandbox's to say. */
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { MAX_FILE_BYTES, readHomeFile, removeHomeFile, writeHomeFile } from '../sandbox/home-files.ts';
import type { AppDeps } from './deps.ts';
import { errorBodyOf, NO_ENGINE, noBody } from './openapi.ts';
import { readyEntry } from './terminal-lookup.ts';

const URL = '/api/sandboxes/:id/files/*';

const base = {
  tags: ['sandboxes'],
  params: z.object({
    id: z.string().describe('The sandbox'),
    '*': z.string().describe('Path of the file, from the home folder'),
  }),
};
const errors = {
  400: errorBodyOf('The path does not lead to a file below the home folder'),
  404: errorBodyOf('No such sandbox or file'),
  409: errorBodyOf('Not a file, or too large, or the lab refuses it; or the sandbox is not ready'),
  503: NO_ENGINE,
  504: errorBodyOf('The lab took too long'),
};
const changeErrors = { ...errors, 403: errorBodyOf('A page of another origin asked') };
const bytes = (description: string) => ({
  description,
  content: { 'application/octet-stream': { schema: z.unknown().meta({ type: 'string', format: 'binary' }) } },
});

const readSchema = {
  ...base,
  summary: 'Read a file',
  response: { 200: bytes('Its bytes'), ...errors },
};
const writeSchema = {
  ...base,
  summary: 'Write a file',
  description: `The body is the file: bytes of any content type, at most ${MAX_FILE_BYTES}. Folders on its way are made; a file
that is there is replaced as a whole and keeps its mode. The open tasks are looked at afterwards.`,
  response: { 204: noBody('Written'), ...changeErrors, 413: errorBodyOf('The body is too large') },
};
const removeSchema = {
  ...base,
  summary: 'Remove a file',
  response: { 204: noBody('Removed'), ...changeErrors },
};

/** Resolves when the routes are there. What is under way ends when `closing` is aborted. */
export async function addFileRoutes(
  api: FastifyInstance,
  deps: AppDeps,
  closing: AbortSignal,
): Promise<void> {
  const sandboxOf = async (learner: string, id: string) => {
    readyEntry(deps, learner, id);
    return deps.registry.sandbox(id, closing);
  };
  // In a scope of their own, where a body is bytes, whatever its type.
  await api.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    const files = scope.withTypeProvider<ZodTypeProvider>();
    files.get(URL, { schema: readSchema }, async ({ learner, params }, reply) => {
      const content = await readHomeFile(await sandboxOf(learner, params.id), params['*'], closing);
      // Whatever a sandbox holds is data: no browser may take it for a page of ours.
      reply.header('cache-control', 'no-store').header('content-disposition', 'attachment');
      return reply
        .serializer((body) => body)
        .type('application/octet-stream')
        .send(content);
    });
    files.put(URL, { schema: writeSchema, bodyLimit: MAX_FILE_BYTES }, async (request, reply) => {
      const { learner, params, body } = request;
      const content = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
      await writeHomeFile(await sandboxOf(learner, params.id), { path: params['*'], content }, closing);
      deps.checks.saved(params.id);
      return reply.code(204).send(undefined);
    });
    files.delete(URL, { schema: removeSchema }, async ({ learner, params }, reply) => {
      await removeHomeFile(await sandboxOf(learner, params.id), params['*'], closing);
      deps.checks.saved(params.id);
      return reply.code(204).send(undefined);
    });
  });
}
