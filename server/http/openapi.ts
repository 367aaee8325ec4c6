/** Describes the API by the schemas of its routes, as `GET /api/openapi.json`. Knows nothing about single routes. */
import swagger, { type SwaggerTransformObject } from '@fastify/swagger';
import type { FastifyInstance, FastifySchema } from 'fastify';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  errorSchema,
  lessonSummarySchema,
  progressSchema,
  readySchema,
  sandboxEventSchema,
  sandboxSchema,
  verdictSchema,
} from '../../protocol/api.ts';
import { quizVerdictSchema } from '../../protocol/quiz.ts';
import { serverMessageSchema, viewerMessageSchema } from '../../protocol/messages.ts';
import packageJson from '../../package.json' with { type: 'json' };

/** Schemas that get a name in the document. The global registry is also where zod keeps descriptions. */
const named = z.globalRegistry;
named.add(errorSchema, { id: 'Error' });
named.add(lessonSummarySchema, { id: 'Lesson' });
named.add(sandboxSchema, { id: 'Sandbox' });
named.add(sandboxEventSchema, { id: 'SandboxEvent' });
named.add(verdictSchema, { id: 'Verdict' });
named.add(quizVerdictSchema, { id: 'QuizVerdict' });
named.add(progressSchema, { id: 'Progress' });
named.add(readySchema, { id: 'Ready' });
named.add(viewerMessageSchema, { id: 'ViewerMessage' });
named.add(serverMessageSchema, { id: 'ServerMessage' });

const DESCRIPTION = `The HTTP interface of Drydock. Every error has the form \`Error\`, with a fitting status.

Learners are told apart by the cookie \`drydock\`, which any call below \`/api\` gives to a stranger. A sandbox belongs to its
learner: for anybody else it does not exist. Calls that change something, and the terminals, are refused for pages of other
origins.`;

/** Makes the document from all routes that are added after this call. */
export async function addOpenApi(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: packageJson.name, description: DESCRIPTION, version: packageJson.version },
      tags: [
        { name: 'lessons', description: 'What there is to learn, and what the learner has done' },
        { name: 'sandboxes', description: "The learner's running labs" },
        { name: 'authoring', description: 'For those who write lessons; only there during development' },
        { name: 'operation', description: 'For those who run the server' },
      ],
    },
    transform: (route) => namedRest(jsonSchemaTransform(route)),
    transformObject: withoutUnused,
  });
}

/** The rest of a path is `*` to the router; as a parameter of the document it gets a name. */
function namedRest({ schema, url }: { schema: FastifySchema; url: string }) {
  if (!url.endsWith('*')) return { schema, url };
  const params = JSON.stringify(schema.params).replaceAll('"*"', '"path"');
  return { schema: { ...schema, params: JSON.parse(params) as unknown }, url: `${url.slice(0, -1)}:path` };
}

/** Each named schema comes twice, as it may be sent and as it is answered; no call refers to the former. */
const withoutUnused: SwaggerTransformObject = (document) => {
  const transformed = jsonSchemaTransformObject(document);
  const schemas = ('components' in transformed && transformed.components?.schemas) || {};
  for (const name of Object.keys(schemas)) if (name.endsWith('Input')) delete schemas[name];
  return transformed;
};

/** Serves the document. */
export function addOpenApiRoute(app: FastifyInstance): void {
  app.get(
    '/api/openapi.json',
    {
      schema: {
        summary: 'This document',
        tags: ['operation'],
        response: { 200: jsonBody(z.record(z.string(), z.unknown()), 'OpenAPI 3.1') },
      },
    },
    () => app.swagger(),
  );
}

/** A documented answer in JSON. */
export function jsonBody<Schema extends z.ZodType>(schema: Schema, description: string) {
  return { description, content: { 'application/json': { schema } } };
}

/** A documented answer without a body. */
export function noBody(description: string) {
  return z.undefined().describe(description);
}

/** A documented error. */
export function errorBodyOf(description: string) {
  return jsonBody(errorSchema, description);
}

/** Errors that several calls have. */
export const NOT_FOUND = errorBodyOf('No such sandbox, or it belongs to another learner');
export const CONFLICT = errorBodyOf('Not in the state that the sandbox is in');
export const BUSY = errorBodyOf('A limit is reached; later it may work');
export const NO_ENGINE = errorBodyOf('The engine does not answer, or this host cannot run the lab');
