/** Looks for links that lead nowhere on the site. Asks no other site. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { toString } from 'mdast-util-to-string';
import { nearest } from '../../../src/lesson/author-error.ts';
import { isElement, placeOf, propOf, walk } from '../mdx.ts';
import type { Finding } from './finding.ts';
import { finding, type Source } from './source.ts';

/** All lessons, also those that are not looked at. */
export interface Site {
  readonly sources: readonly Source[];
  /** Absolute path of the project. */
  readonly root: string;
}

/** Links within a text, to other pages of the site, and addresses that are none. */
export function checkLinks(source: Source, site: Site): Finding[] {
  const findings: Finding[] = [];
  if (!source.root) return findings;
  walk(source.root, (node) => {
    const url =
      node.type === 'link' || node.type === 'definition' || node.type === 'image'
        ? node.url
        : isElement(node) && (node.name === 'a' || node.name === 'img')
          ? propOf(node, node.name === 'a' ? 'href' : 'src')
          : undefined;
    if (url === undefined) return;
    const fault = faultIn(url, source, site);
    if (fault)
      findings.push(finding(source, { ...placeOf(node), what: 'link', found: `"${url}"`, ...fault }));
  });
  return findings;
}

type Fault = Pick<Finding, 'expected' | 'mend'> & Partial<Finding>;

function faultIn(url: string, source: Source, site: Site): Fault | undefined {
  if (/^(?:https?|mailto):/.test(url)) {
    if (URL.canParse(url)) return undefined;
    return { expected: 'an address', mend: 'mend it' };
  }
  if (/^[a-z][a-z0-9+.-]*:|^\/\//i.test(url)) {
    return { expected: 'a link to this site, or one that begins with https:', mend: 'change it' };
  }
  const page = `/lessons/${source.id}/`;
  const { pathname, hash } = new URL(url, `https://site.invalid${page}`);
  const anchor = decodeURIComponent(hash.slice(1));
  const known = pagesOf(site);
  const target = pathname.endsWith('/') ? pathname : `${pathname}/`;
  const lesson = site.sources.find(({ id }) => target === `/lessons/${id}/`);
  if (!known.includes(target)) {
    // Images and other files that are served as they are.
    if (existsSync(path.join(site.root, 'public', pathname)) || existsSync(path.join(source.folder, url)))
      return undefined;
    const meant = nearest(target, known);
    return {
      expected: 'a page of this site',
      mend: meant === undefined ? 'mend or remove it' : `write ${meant}`,
    };
  }
  if (anchor === '' || !lesson) return undefined;
  const anchors = anchorsOf(lesson);
  if (anchors.includes(anchor)) return undefined;
  const meant = nearest(anchor, anchors);
  const mend =
    meant === undefined ? `the page has ${anchors.map((one) => `#${one}`).join(', ')}` : `write #${meant}`;
  return { expected: `a heading or task of ${lesson.id} with that name`, mend };
}

function pagesOf({ sources }: Site): string[] {
  const courses = [...new Set(sources.map(({ course }) => course))];
  return [
    ...['/', '/glossary/', '/changes/'],
    ...courses.flatMap((course) => [`/lessons/${course}/`, `/lessons/${course}/finished/`]),
    ...sources.map(({ id }) => `/lessons/${id}/`),
  ];
}

/** Names of headings, as the site makes them, and of tasks. */
function anchorsOf({ root, tasks }: Source): string[] {
  const taken = new Map<string, number>();
  const names = tasks.map(({ id }) => `task-${id}`);
  if (!root) return names;
  walk(root, (node) => {
    if (node.type !== 'heading') return;
    const plain = toString(node)
      .toLowerCase()
      .replace(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, '')
      .replaceAll(' ', '-');
    const count = taken.get(plain) ?? 0;
    taken.set(plain, count + 1);
    names.push(count === 0 ? plain : `${plain}-${count}`);
  });
  return names;
}
