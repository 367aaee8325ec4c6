/** The catalog while lessons are being written: read again when a file changes. Knows nothing about who asks. */
import { watch } from 'node:fs';
import type { Logger } from 'pino';
import { loadCatalog, type Catalog, type CatalogFolders } from './catalog.ts';

/** Several files of one edit arrive as several events. */
const SETTLE_MS = 100;

/**
 * The catalog of the moment, and the function that stops watching. A fault is logged and the last good catalog stays;
 * only a fault at the start is thrown.
 */
export function watchCatalog(
  folders: CatalogFolders,
  log: Logger,
): { catalog: () => Catalog; stop: () => void } {
  let current = loadCatalog(folders);
  let timer: NodeJS.Timeout | undefined;
  const read = (): void => {
    try {
      current = loadCatalog(folders);
      log.info({ lessons: current.lessons.length }, 'lessons read again');
    } catch (error) {
      log.error(`lessons are faulty, the last good ones stay:\n${String(error)}`);
    }
  };
  const watcher = watch(folders.lessons, { recursive: true }, () => {
    clearTimeout(timer);
    timer = setTimeout(read, SETTLE_MS);
  });
  const stop = (): void => {
    clearTimeout(timer);
    watcher.close();
  };
  return { catalog: () => current, stop };
}
