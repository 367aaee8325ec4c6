/** Where the repository's lessons and labs are. */
import path from 'node:path';
import type { CatalogFolders } from '../../server/lessons/catalog.ts';

/** The project's root. */
export const root = path.dirname(path.dirname(import.meta.dirname));
export const folders: CatalogFolders = { lessons: path.join(root, 'lessons'), labs: path.join(root, 'labs') };
