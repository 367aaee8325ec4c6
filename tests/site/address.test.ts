/** What the site says to programs that find, preview and follow it: with a public address, and without one. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, suite, test } from 'node:test';
import { ensureSite } from '../../cli/setup/site.ts';
import type { Tree } from '../support/tree.ts';
import { copyHarbour } from './harbour.ts';

const ADDRESS = 'https://learn.example.org';

let tree: Tree;

before(() => {
  tree = copyHarbour();
});
after(() => tree.remove());

const build = (address = ''): Promise<string> => ensureSite(tree.root, () => undefined, address);
const read = (site: string, name: string): string => readFileSync(path.join(site, name), 'utf8');
const LESSON = 'lessons/harbour/everything/index.html';

suite('with a public address', () => {
  let site = '';
  before(async () => void (site = await build(ADDRESS)));

  test('a lesson has a canonical link and what a preview needs, all absolute', () => {
    const html = read(site, LESSON);
    const page = `${ADDRESS}/lessons/harbour/everything/`;
    assert.ok(html.includes(`<link rel="canonical" href="${page}">`));
    const found = Object.fromEntries(
      [...html.matchAll(/<meta property="og:([a-z:_]+)" content="([^"]*)"/g)].map(([, name, value]) => [
        name,
        value,
      ]),
    );
    assert.equal(found['url'], page);
    assert.equal(found['type'], 'article');
    assert.notEqual(found['title'] ?? '', '');
    assert.notEqual(found['description'] ?? '', '');
    assert.equal(found['image'], `${ADDRESS}/card.png`);
    const png = readFileSync(path.join(site, 'card.png'));
    assert.deepEqual(
      [png.readUInt32BE(16), png.readUInt32BE(20)],
      [1200, 630],
      'as wide and high as the page says',
    );
  });

  test('the sitemap has every page that is for everybody, and robots.txt names it', () => {
    assert.match(read(site, 'sitemap-index.xml'), new RegExp(`<loc>${ADDRESS}/sitemap-0.xml</loc>`));
    const pages = [...read(site, 'sitemap-0.xml').matchAll(/<loc>([^<]*)<\/loc>/g)].map(([, url = '']) =>
      url.slice(ADDRESS.length),
    );
    assert.deepEqual(
      pages.toSorted((a, b) => a.localeCompare(b)),
      [
        '/',
        '/changes/',
        '/glossary/',
        '/lessons/harbour/',
        '/lessons/harbour/everything/',
        '/lessons/harbour/last/',
      ],
    );
    for (const page of pages) assert.ok(existsSync(path.join(site, page, 'index.html')), page);
    assert.match(read(site, 'robots.txt'), new RegExp(`^Sitemap: ${ADDRESS}/sitemap-index.xml$`, 'm'));
    assert.match(read(site, 'lessons/harbour/finished/index.html'), /<meta name="robots" content="noindex">/);
  });

  test('the feed has each change with an absolute link, the newest first', () => {
    const feed = read(site, 'feed.xml');
    assert.match(feed, /^<\?xml version="1.0" encoding="UTF-8"\?><rss version="2.0">/);
    const items = feed.split('<item>').slice(1);
    const of = (tag: string) => items.map((item) => new RegExp(`<${tag}[^>]*>([^<]*)<`).exec(item)?.[1]);
    assert.deepEqual(of('link'), [`${ADDRESS}/lessons/harbour/last/`, `${ADDRESS}/lessons/harbour/`]);
    assert.deepEqual(of('guid'), ['harbour-2', 'harbour-1']);
    assert.deepEqual(of('pubDate'), ['Mon, 02 Mar 2026 00:00:00 GMT', 'Sun, 01 Mar 2026 00:00:00 GMT']);
    assert.match(
      read(site, LESSON),
      /<link rel="alternate" type="application\/rss\+xml"[^>]* href="\/feed.xml"/,
    );
  });
});

suite('without one, as in a class room', () => {
  let site = '';
  before(async () => void (site = await build()));

  test('nothing absolute is made up; title, description and the page of what is new are there', () => {
    const html = read(site, LESSON);
    assert.doesNotMatch(html, /rel="canonical"|og:url|og:image|feed\.xml/);
    assert.match(html, /og:title/);
    for (const file of ['sitemap-index.xml', 'feed.xml'])
      assert.equal(existsSync(path.join(site, file)), false);
    assert.doesNotMatch(read(site, 'robots.txt'), /Sitemap/);
    assert.match(read(site, 'changes/index.html'), /2 March 2026[\s\S]*A lesson more[\s\S]*1 March 2026/);
  });
});

test('a change of a lesson that is not there stops the build: file, line, expected and found', async () => {
  const file = path.join(tree.root, 'lessons', 'harbour', 'course.yaml');
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replace('lesson: last', 'lesson: lost'));
  await assert.rejects(
    build(),
    /lessons\/harbour\/course\.yaml:\d+:\d+: changes\.0\.lesson: expected a lesson of the course, such as "everything", found "lost"/,
  );
});
