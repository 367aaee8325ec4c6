/** The contents list of a lesson: its sections with the tasks that stand in them. Knows Markdown text, no pages. */

/** A line of the contents list; `ref` is a heading's slug or a task's id. */
export interface OutlineItem {
  kind: 'section' | 'task';
  ref: string;
  title: string;
}

/** What the outline is made from. */
export interface OutlineSource {
  /** The lesson's text without frontmatter. */
  body: string;
  /** Headings in the order of the text, as Astro gives them. */
  headings: readonly { depth: number; slug: string; text: string }[];
  tasks: readonly { id: string; title: string }[];
}

/** Sections (headings of depth 2) and tasks in the order of the text. Fenced code is passed over. */
export function outlineOf({ body, headings, tasks }: OutlineSource): OutlineItem[] {
  const sections = headings.filter((heading) => heading.depth === 2);
  const items: OutlineItem[] = [];
  let fence: string | undefined;
  for (const line of body.split('\n')) {
    const mark = /^\s*(`{3,}|~{3,})/.exec(line)?.[1];
    if (fence === undefined && mark !== undefined) fence = mark;
    else if (fence !== undefined && mark?.startsWith(fence)) fence = undefined;
    if (fence !== undefined) continue;
    if (line.startsWith('## ')) {
      const heading = sections.shift();
      if (heading) items.push({ kind: 'section', ref: heading.slug, title: heading.text });
    }
    const id = /<(?:Task|Quiz)\b[^>]*\bid="([^"]+)"/.exec(line)?.[1];
    const task = tasks.find((candidate) => candidate.id === id);
    if (task) items.push({ kind: 'task', ref: task.id, title: task.title });
  }
  return items;
}
