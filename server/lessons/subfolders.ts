/** Lists folders. Knows nothing about what is in them. */
import { readdirSync } from 'node:fs';
import path from 'node:path';

/** The paths of the folders in `folder`, hidden ones aside, in the order of their names. */
export function subfolders(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map((entry) => path.join(folder, entry.name))
    .toSorted();
}
