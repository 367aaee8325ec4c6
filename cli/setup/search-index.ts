/** Makes the index that the site's search looks into: from the lessons' and the glossary's text, and nothing else. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { close, createIndex } from 'pagefind';

/** Pages without `data-pagefind-body` are left out; of the others, these parts are. */
const LEFT_OUT = [
  // What helps or answers shows itself only to those who ask for it.
  ...['.hint', '[data-solution]', '.quiz-options', 'noscript', '.task-message'],
  // Controls and facts of the page, and the letters of drawings.
  ...['.task-actions', '.task-status', '.task-needs', '.copy', '.run-bar', '.tab-list', '.anchor', 'svg'],
  ...['.lesson-end', '.lesson-meta', '.eyebrow'],
];

/** What the search asks for, of all that Pagefind makes: not its own dialogs, nor what serves other languages. */
const NEEDED =
  /^(?:pagefind\.js|pagefind-worker\.js|pagefind-entry\.json|wasm\.en\.pagefind|.*\.pf_(?:meta|index|fragment))$/;

/** Indexes the built site and lays the index into it. Rejects with Pagefind's message. */
export async function indexSite(site: string): Promise<void> {
  try {
    const { index, errors } = await createIndex({ excludeSelectors: LEFT_OUT });
    if (!index) throw new Error(errors.join('; '));
    const added = await index.addDirectory({ path: site });
    const { files, errors: faults } = await index.getFiles();
    const wrong = [...added.errors, ...faults];
    if (wrong.length > 0) throw new Error(wrong.join('; '));
    for (const { path: name, content } of files.filter((file) => NEEDED.test(file.path))) {
      const file = path.join(site, 'pagefind', name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, content);
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`the index of the search could not be made: ${reason}`, { cause: error });
  } finally {
    await close();
  }
}
