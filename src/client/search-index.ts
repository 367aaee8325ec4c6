/** The index of all lessons, made by Pagefind when the site is built. Knows nothing about how results are shown. */
import { isMeant, piecesOf, type Piece } from './search-words.ts';

/** Milliseconds after which the index, or an answer from it, counts as lost. */
const DEADLINE = 15_000;
/** Pages of a search that are shown, and places of each. */
const PAGES = 8;
const PLACES = 4;
/** Pagefind's anchor of a task is its heading; the task as a whole is what a link leads to. */
const TASK_HEADING = /#(task-[a-z0-9-]+)-title$/;

/** A place that a search has found. */
export interface FoundPlace {
  readonly title: string;
  readonly url: string;
  readonly excerpt: readonly Piece[];
}

/** A page with the places on it; the page itself has an excerpt where the words stand before its first heading. */
export interface FoundPage extends FoundPlace {
  /** The course, or another kind of page. */
  readonly kind: string;
  readonly places: readonly FoundPlace[];
}

export interface Found {
  readonly pages: readonly FoundPage[];
  /** Pages that were found, shown or not. */
  readonly total: number;
}

/** What this needs of Pagefind's module. */
interface Pagefind {
  search(query: string): Promise<{ results: { data(): Promise<PageData> }[] }>;
}

interface PageData {
  readonly url: string;
  readonly excerpt: string;
  readonly meta: Readonly<Record<string, string>>;
  readonly sub_results: readonly PlaceData[];
}

interface PlaceData {
  readonly title: string;
  readonly url: string;
  readonly excerpt: string;
  readonly locations: readonly number[];
}

/** Where the build lays the index. */
const MODULE = '/pagefind/pagefind.js';

let opening: Promise<Pagefind> | undefined;

/** Loads the index ahead of the first search. Rejects where it cannot be had; the next call tries again. */
export function openIndex(): Promise<Pagefind> {
  opening ??= inTime(import(/* @vite-ignore */ MODULE) as Promise<Pagefind>).catch((error: unknown) => {
    opening = undefined;
    throw error;
  });
  return opening;
}

/** Looks for pages that hold all the words, the best first. Rejects where the index does not answer. */
export async function findPages(query: string): Promise<Found> {
  const index = await openIndex();
  const { results } = await inTime(index.search(query));
  const best = await inTime(Promise.all(results.slice(0, PAGES).map((result) => result.data())));
  const pages = best.filter((page) => isMeant(query, marksOf(page)));
  // The engine's order has what fits badly last: behind the first such page there is nothing else.
  const total = pages.length < best.length ? pages.length : results.length;
  return { pages: pages.map(toPage), total };
}

function marksOf({ excerpt, sub_results: places }: PageData): string[] {
  return [excerpt, ...places.map((place) => place.excerpt)]
    .flatMap((text) => piecesOf(text))
    .flatMap(({ text, marked }) => (marked ? [text] : []));
}

function toPage({ url, excerpt, meta, sub_results: all }: PageData): FoundPage {
  const title = meta.title ?? url;
  const own = all.find((place) => place.url === url);
  const best = all
    .filter((place) => place !== own)
    .toSorted((a, b) => b.locations.length - a.locations.length)
    .slice(0, PLACES);
  const words = own?.excerpt ?? (best.length === 0 ? excerpt : undefined);
  return {
    title,
    kind: meta.kind ?? '',
    url,
    excerpt: words === undefined ? [] : piecesOf(words, title),
    places: all.filter((place) => best.includes(place)).map(toPlace),
  };
}

function toPlace({ title: heading, url, excerpt }: PlaceData): FoundPlace {
  const title = heading.replace(/\s+/g, ' ').trim();
  return { title, url: url.replace(TASK_HEADING, '#$1'), excerpt: piecesOf(excerpt, title) };
}

function inTime<T>(promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('the index did not answer in time')), DEADLINE);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
