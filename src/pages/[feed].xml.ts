/** The feed of what is new, for programs that look for it. Its links are absolute: without a public address there is none. */
import rss from '@astrojs/rss';
import type { APIRoute, GetStaticPaths } from 'astro';
import { loadChanges } from '../lesson/changes.ts';

/** One feed, or none. */
export const getStaticPaths: GetStaticPaths = () =>
  import.meta.env.SITE ? [{ params: { feed: 'feed' } }] : [];

/** The feed, the newest first. */
export const GET: APIRoute = async ({ site }) => {
  if (!site) throw new Error('expected a public address, found none');
  const changes = await loadChanges();
  return rss({
    title: 'Drydock: what is new',
    description: 'New lessons, and what has changed in those that there are.',
    site,
    customData: '<language>en</language>',
    items: changes.map(({ id, date, title, course, href, text }) => ({
      title,
      link: href,
      description: text,
      pubDate: new Date(`${date}T00:00:00Z`),
      categories: [course],
      // A lesson may change more than once.
      customData: `<guid isPermaLink="false">${id}</guid>`,
    })),
  });
};
