/**
 * Holds the text of lessons to its rules while Astro compiles it, so that each mistake is told with file, line and
 * column: components and where they stand, fences, values, MDX as such. Draws diagrams and reads file trees on the way.
 */
import type { AstroIntegration } from 'astro';
import type { HastPluginEntry, MdastPluginEntry } from 'satteri';
import { componentRules } from './component-rules.ts';
import { explainMdx } from './mdx-fault.ts';
import { inlineValues } from './inline-values.ts';
import { wordRules } from './word-rules.ts';

/** What this needs of Astro's Markdown processor. */
interface Processor {
  options: { mdastPlugins: MdastPluginEntry[]; hastPlugins: HastPluginEntry[] };
  createMdxRenderer(shared: unknown, mdx: unknown): Promise<Renderer>;
}

interface Renderer {
  process(content: string, file: string, frontmatter: object): Promise<unknown>;
}

/** Put before `mdx()`. `terms`: the ids of the glossary. Throws where Astro's Markdown processor is not the one whose plugins these are. */
export function lessonText(terms: () => readonly string[]): AstroIntegration {
  return {
    name: 'drydock:lesson-text',
    hooks: {
      'astro:config:setup': ({ config }) => {
        if (config.markdown.processor.name !== 'satteri') {
          throw new Error(
            `lessons need Astro's own Markdown processor, found "${config.markdown.processor.name}"`,
          );
        }
        const processor = config.markdown.processor as unknown as Processor;
        const root = decodeURI(config.root.pathname);
        const nameOf = (path: string): string => (path.startsWith(root) ? path.slice(root.length) : path);
        processor.options.mdastPlugins.push(componentRules(nameOf, terms), wordRules(nameOf));
        processor.options.hastPlugins.push(inlineValues);
        const create = processor.createMdxRenderer.bind(processor);
        processor.createMdxRenderer = async (shared, mdx) => {
          const renderer = await create(shared, mdx);
          return {
            process: (content, file, frontmatter) =>
              renderer.process(content, file, frontmatter).catch((error: unknown) => {
                throw explainMdx(error, { file: nameOf(file), content });
              }),
          };
        };
      },
    },
  };
}
