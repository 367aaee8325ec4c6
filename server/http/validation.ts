/** Lets zod check what comes in and what goes out. What is refused says which field, what was expected and found. */
import type { FastifyInstance } from 'fastify';
import { serializerCompiler } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import { DrydockError } from '../errors.ts';
import { faultsOf, inWords } from './explain.ts';

/** Sets the compilers for the `schema` of all routes. */
export function addValidation(app: FastifyInstance): void {
  app.setValidatorCompiler<z.ZodType>(({ schema, httpPart }) => (input) => {
    const result = schema.safeParse(input);
    return result.success
      ? { value: result.data }
      : { error: refusal(result.error, { input, part: httpPart ?? 'input' }) };
  });
  app.setSerializerCompiler(serializerCompiler);
}

/** Bodies are JSON only; an empty one counts as none, so that calls without a body may carry the content type. */
export function addBodyParser(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    if (body === '') return done(null, undefined);
    try {
      done(null, JSON.parse(String(body)));
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      done(new DrydockError('invalid', `body: expected JSON, found something else (${why})`));
    }
  });
}

function refusal(error: z.ZodError, { input, part }: { input: unknown; part: string }): DrydockError {
  const faults = faultsOf(error, input).map(({ field, expected, found }) => ({
    field: field || part,
    expected,
    found,
  }));
  return new DrydockError('invalid', inWords(faults), { details: faults });
}
