import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import { appFor, errorOf } from './client.ts';

const THEME = "document.documentElement.dataset.theme = 'dark'";
const PAGE = `<!doctype html><script>${THEME}</script><script type="application/ld+json">{"a":1}</script>
<script type="module" src="/_astro/page.abc.js"></script><p>a lesson</p>`;

function siteFolder(t: TestContext): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'drydock-site-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const write = (name: string, content: string | Buffer): void => {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), content);
  };
  write('index.html', '<p>home</p>');
  write('404.html', '<p>no such page</p>');
  write('lessons/virtualenv/create/index.html', PAGE);
  write('_astro/page.abc.js', 'export const a = 1;');
  write('_astro/page.abc.js.br', brotliCompressSync('export const a = 1;'));
  write('.secret', 'hidden');
  return folder;
}

test('pages are asked for again with their ETag, hashed files are kept for good', async (t) => {
  const { app } = await appFor(t, { siteFolder: siteFolder(t) });
  const page = await app.inject('/lessons/virtualenv/create/');
  assert.equal(page.statusCode, 200);
  assert.equal(page.body, PAGE);
  assert.match(String(page.headers['content-type']), /^text\/html/);
  assert.equal(page.headers['cache-control'], 'no-cache');
  assert.equal(page.headers['set-cookie'], undefined, 'pages are the same for everybody');
  const headers = { 'if-none-match': String(page.headers.etag) };
  assert.equal((await app.inject({ url: '/lessons/virtualenv/create/', headers })).statusCode, 304);
  const script = await app.inject('/_astro/page.abc.js');
  assert.equal(script.headers['cache-control'], 'public, max-age=31536000, immutable');
  assert.match(String(script.headers['content-type']), /javascript/);
});

test('compressed files are sent to those who take them', async (t) => {
  const { app } = await appFor(t, { siteFolder: siteFolder(t) });
  const response = await app.inject({
    url: '/_astro/page.abc.js',
    headers: { 'accept-encoding': 'gzip, br' },
  });
  assert.equal(response.headers['content-encoding'], 'br');
  assert.equal(brotliDecompressSync(response.rawPayload).toString(), 'export const a = 1;');
  assert.equal(response.headers['cache-control'], 'public, max-age=31536000, immutable');
  const plain = await app.inject({ url: '/', headers: { 'accept-encoding': 'gzip, br' } });
  assert.equal(plain.body, '<p>home</p>');
});

test('a page without its slash is found', async (t) => {
  const { app } = await appFor(t, { siteFolder: siteFolder(t) });
  for (const encoding of ['', 'br']) {
    const headers = { 'accept-encoding': encoding };
    const response = await app.inject({ url: '/lessons/virtualenv/create?from=x', headers });
    assert.equal(response.statusCode, 301);
    assert.equal(response.headers.location, '/lessons/virtualenv/create/?from=x');
  }
});

test('an unknown page has a page of its own, an unknown call the error form', async (t) => {
  const { app } = await appFor(t, { siteFolder: siteFolder(t) });
  const page = await app.inject('/lessons/none/');
  assert.equal(page.statusCode, 404);
  assert.equal(page.body, '<p>no such page</p>');
  assert.match(String(page.headers['content-type']), /^text\/html/);
  errorOf(await app.inject('/api/none'), 404);
  errorOf(await app.inject({ method: 'POST', url: '/lessons/none/' }), 404);
});

test('nothing outside of the site, and nothing hidden in it, is served', async (t) => {
  const { app } = await appFor(t, { siteFolder: siteFolder(t) });
  for (const url of [
    '/.secret',
    '/../package.json',
    '/%2e%2e/package.json',
    '//etc/passwd',
    '/_astro/..%2f.secret',
  ]) {
    const { statusCode, body } = await app.inject(url);
    assert.ok([400, 403, 404].includes(statusCode), `${url}: ${statusCode}`);
    assert.doesNotMatch(body, /hidden|dependencies|root:/);
  }
});

test('inline scripts of the pages are allowed by their hash, and no others', async (t) => {
  const { app } = await appFor(t, { siteFolder: siteFolder(t) });
  const { headers } = await app.inject('/');
  const hash = createHash('sha256').update(THEME).digest('base64');
  const rules = String(headers['content-security-policy']).split('; ');
  assert.ok(rules.includes(`script-src 'self' 'sha256-${hash}'`), String(rules));
});

test("only the search's worker may compile WebAssembly, no page", async (t) => {
  const { app } = await appFor(t, { siteFolder: siteFolder(t) });
  const policy = async (url: string): Promise<string> =>
    String((await app.inject(url)).headers['content-security-policy']);
  assert.match(await policy('/pagefind/pagefind-worker.js'), /script-src [^;]*'wasm-unsafe-eval'/);
  assert.match(await policy('/pagefind/pagefind-worker.js?v=1'), /script-src [^;]*'wasm-unsafe-eval'/);
  for (const url of ['/', '/pagefind/pagefind.js', '/lessons/none/?/pagefind/pagefind-worker.js']) {
    assert.doesNotMatch(await policy(url), /unsafe-eval/, url);
  }
});
