/** Copies of lessons that a test may break. Knows nothing about what is broken. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadCatalog, type CatalogLesson } from '../../server/lessons/catalog.ts';
import { folders as originals } from './folders.ts';

/** A tree with some lessons of the repository and all of its labs. */
export interface Copy {
  readonly root: string;
  readonly folders: { readonly lessons: string; readonly labs: string };
  /** Reads the catalog of the copy. */
  lesson(id: string): CatalogLesson;
  /** Writes a file by its path from the root. */
  write(name: string, text: string): void;
  /** Changes a file by its path from the root; what is to be replaced must be there. */
  edit(name: string, from: string | RegExp, to: string): void;
  remove(): void;
}

/** Copies one course, or nothing. */
export function copyLessons(course?: string): Copy {
  const root = mkdtempSync(path.join(tmpdir(), 'drydock-lessons-'));
  const folders = { lessons: path.join(root, 'lessons'), labs: path.join(root, 'labs') };
  mkdirSync(folders.lessons);
  if (course !== undefined) {
    cpSync(path.join(originals.lessons, course), path.join(folders.lessons, course), { recursive: true });
  }
  symlinkSync(originals.labs, folders.labs);
  const write = (name: string, text: string): void => {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), text);
  };
  return {
    root,
    folders,
    lesson: (id) => {
      const lesson = loadCatalog(folders).lesson(id);
      if (!lesson) throw new Error(`expected a lesson of the copy, found ${id}`);
      return lesson;
    },
    write,
    edit: (name, from, to) => {
      const text = readFileSync(path.join(root, name), 'utf8');
      const changed = text.replace(from, to);
      if (changed === text) throw new Error(`${name}: expected ${String(from)}, found none`);
      write(name, changed);
    },
    remove: () => rmSync(root, { recursive: true }),
  };
}
