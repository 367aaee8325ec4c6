/** Makes the site's build fail on a faulty lesson, before anything is rendered. Knows only Astro's build hooks. */
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { loadCatalog } from './catalog.ts';

/** In development the faults are shown in the log and the site goes on; a build stops at them. */
export function checkLessons(): AstroIntegration {
  return {
    name: 'drydock-check-lessons',
    hooks: {
      'astro:config:setup': ({ config, command, logger }) => {
        const folders = {
          lessons: fileURLToPath(new URL('lessons/', config.root)),
          labs: fileURLToPath(new URL('labs/', config.root)),
        };
        try {
          loadCatalog(folders);
        } catch (error) {
          if (command !== 'dev') throw error;
          logger.error(String(error));
        }
      },
    },
  };
}
