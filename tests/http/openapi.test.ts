import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createApp } from '../../server/app.ts';
import { knownRoutes } from '../../server/http/known-routes.ts';
import { FakeServer } from '../fakes/http-deps.ts';

interface Operation {
  readonly summary?: string;
  readonly responses: Record<string, { description: string; content?: Record<string, { schema: unknown }> }>;
}
interface Document {
  readonly openapi: string;
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { readonly schemas: Record<string, unknown> };
}

/** What architecture.md promises, as far as it is built. */
const CONTRACT = [
  'get /healthz',
  'get /readyz',
  'get /metrics',
  'get /api/openapi.json',
  'get /api/lessons',
  'get /api/progress',
  'post /api/sandboxes',
  'get /api/sandboxes/{id}',
  'delete /api/sandboxes/{id}',
  'post /api/sandboxes/{id}/reset',
  'post /api/sandboxes/{id}/extend',
  'get /api/sandboxes/{id}/files/{path}',
  'put /api/sandboxes/{id}/files/{path}',
  'delete /api/sandboxes/{id}/files/{path}',
  'post /api/sandboxes/{id}/tasks/{task}/check',
  'post /api/sandboxes/{id}/tasks/{task}/hint',
  'post /api/lessons/{course}/{slug}/quizzes/{quiz}',
  'post /api/help',
  'post /api/author/sandboxes/{id}/tasks/{task}/check',
  'get /api/sandboxes/{id}/events',
  'get /api/sandboxes/{id}/terminals/{name}',
  'post /api/sandboxes/{id}/terminals/{name}/type',
  'post /api/sandboxes/{id}/terminals',
  'delete /api/sandboxes/{id}/terminals/{name}',
];

async function document(): Promise<Document> {
  const fake = new FakeServer();
  const app = await createApp(fake.deps());
  const response = await app.inject('/api/openapi.json');
  await app.close();
  fake.cleanUp();
  assert.equal(response.statusCode, 200);
  return response.json();
}

/** `get /path` for every operation of the document. */
function operationsOf({ paths }: Document): string[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method} ${path}`),
  );
}

test('the document has every route of the app, and the app every route of the document', async () => {
  const fake = new FakeServer();
  const app = await createApp(fake.deps());
  const routes = knownRoutes(app)
    .filter(({ method }) => method !== 'HEAD')
    .map(
      ({ method, url }) => `${method.toLowerCase()} ${url.replace('*', ':path').replace(/:(\w+)/g, '{$1}')}`,
    );
  await app.close();
  fake.cleanUp();
  assert.deepEqual(operationsOf(await document()).toSorted(), routes.toSorted());
});

test('the document has the public contract', async () => {
  assert.deepEqual(operationsOf(await document()).toSorted(), CONTRACT.toSorted());
});

test('it is OpenAPI 3.1 whose references all resolve, with words for everything', async () => {
  const found = await document();
  assert.match(found.openapi, /^3\.1\./);
  for (const [path, methods] of Object.entries(found.paths)) {
    for (const [method, { summary, responses }] of Object.entries(methods)) {
      assert.ok(summary, `${method} ${path} has no summary`);
      for (const [status, { description }] of Object.entries(responses)) {
        assert.notEqual(description, 'Default Response', `${method} ${path} ${status} has no description`);
      }
    }
  }
  const references = [...JSON.stringify(found).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)];
  assert.ok(references.length > 20);
  for (const [, name = ''] of references) assert.ok(found.components.schemas[name], `${name} is missing`);
});

test('every error is documented in the one form', async () => {
  const { paths } = await document();
  const answers = Object.values(paths).flatMap((methods) =>
    Object.values(methods).flatMap(({ responses }) => Object.entries(responses)),
  );
  const errors = answers.filter(([status]) => Number(status) >= 400);
  assert.ok(errors.length > 20);
  const forms = new Set(
    errors.map(([, { content }]) => JSON.stringify(content?.['application/json']?.schema)),
  );
  // The state of engine and labs is told in a form of its own.
  assert.deepEqual(
    [...forms].toSorted(),
    ['{"$ref":"#/components/schemas/Error"}', '{"$ref":"#/components/schemas/Ready"}'].toSorted(),
  );
});
