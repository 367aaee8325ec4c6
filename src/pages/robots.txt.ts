/** What programs that walk the web may look at, and where the list of pages is. */
import type { APIRoute } from 'astro';

/** Calls and the search's index are no pages. */
const RULES = 'User-agent: *\nDisallow: /api/\nDisallow: /pagefind/\n';

/** The file. Without a public address it names no sitemap, since there is none. */
export const GET: APIRoute = ({ site }) =>
  new Response(site ? `${RULES}\nSitemap: ${new URL('/sitemap-index.xml', site).href}\n` : RULES);
