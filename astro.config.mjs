/** How the static site is built: Markdown, code colours, bundling, and the proxy to the server in development. */
import { fileURLToPath } from 'node:url';
import mdx from '@astrojs/mdx';
import sitemap from '@astrojs/sitemap';
import { defineConfig } from 'astro/config';
import { checkLessons } from './server/lessons/astro-integration.ts';
import { glossaryTerms } from './server/lessons/glossary.ts';
import { codeBlocks } from './src/lesson/code-blocks.ts';
import { lessonText } from './src/lesson/text/lesson-text.ts';

const server = process.env.DRYDOCK_SERVER ?? 'http://127.0.0.1:4322';

// Read anew for each term, so that one that was just written is known in development.
const terms = () => glossaryTerms(fileURLToPath(new URL('lessons', import.meta.url)));

// Absolute links need an address; without one there are none of them, and no sitemap.
const site = process.env.DRYDOCK_PUBLIC_URL || undefined;

// A learner's own pages are nothing to be found.
const pages = sitemap({ filter: (page) => !page.endsWith('/finished/') });

// The Host header stays as it came, so that the server's origin check sees what the browser sees.
const toServer = { target: server, changeOrigin: false };

export default defineConfig({
  output: 'static',
  site,
  // Pages are folders and links to them end in a slash. Not 'always': in development that would refuse /api/... before
  // the proxy sees it.
  trailingSlash: 'ignore',
  // Not below node_modules, which may be shared or read-only.
  cacheDir: './.astro/cache',
  devToolbar: { enabled: false },
  integrations: [checkLessons(), lessonText(terms), mdx(), ...(site === undefined ? [] : [pages])],
  markdown: {
    // One theme made of CSS variables (src/styles/code.css) serves light and dark.
    shikiConfig: { theme: 'css-variables', transformers: codeBlocks },
  },
  // No inlining: files are cached across pages, and the content security policy needs to know one inline script only.
  build: { inlineStylesheets: 'never' },
  vite: {
    // The check is off because Astro's own directives in MDX modules set it off for every lesson.
    build: { assetsInlineLimit: 0, rolldownOptions: { checks: { moduleLevelDirective: false } } },
    server: {
      proxy: {
        '/api': { ...toServer, ws: true },
        '/healthz': toServer,
        '/readyz': toServer,
        '/metrics': toServer,
      },
    },
  },
});
