/** What the rules for a lesson's text say to an author: file, line, column, what was expected and what was found. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { suite, test } from 'node:test';
import { satteri } from '@astrojs/markdown-satteri';
import type { AstroIntegration } from 'astro';
import { parse } from 'yaml';
import { codeBlocks } from '../../src/lesson/code-blocks.ts';
import { lessonText } from '../../src/lesson/text/lesson-text.ts';

const TEXT = readFileSync(
  path.join(import.meta.dirname, 'fixtures', 'harbour', '01-everything', 'index.mdx'),
  'utf8',
);
const FILE = 'lessons/harbour/01-everything/index.mdx';

type Setup = NonNullable<AstroIntegration['hooks']['astro:config:setup']>;
type Shared = Parameters<NonNullable<ReturnType<typeof satteri>['createMdxRenderer']>>[0];

/** The text as Astro compiles it: with the frontmatter's lines blanked. */
async function compile(text: string): Promise<string> {
  const processor = satteri();
  const config = { root: new URL('file:///project/'), markdown: { processor } };
  void lessonText(() => ['image', 'note']).hooks['astro:config:setup']?.({
    config,
  } as unknown as Parameters<Setup>[0]);
  const shikiConfig = { theme: 'css-variables', transformers: codeBlocks };
  const renderer = await processor.createMdxRenderer?.({ syntaxHighlight: 'shiki', shikiConfig } as Shared, {
    optimize: false,
    srcDir: new URL('file:///project/src/'),
  });
  const [matter = '', yaml = ''] = /^---\n([\s\S]*?)\n---/.exec(text) ?? [];
  const content = matter.replace(/[^\n]/g, ' ') + text.slice(matter.length);
  const result = await renderer?.process(content, `/project/${FILE}`, parse(yaml) as Record<string, unknown>);
  return result?.code ?? '';
}

/** The line of the fixture, from 1, on which the words stand. */
function lineOf(words: string): number {
  const at = TEXT.indexOf(words);
  assert.ok(at >= 0, `the lesson has ${words}`);
  return TEXT.slice(0, at).split('\n').length;
}

test('the lesson without a mistake is compiled', async () => {
  assert.match(await compile(TEXT), /function MDXContent/);
});

/** A mistake in the lesson's text: what is written instead of what, and what the build says. */
interface Mistake {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly says: RegExp;
  /** Where it is told, in lines below that on which `from` begins. */
  readonly below?: number;
}

const HINT = '<Hint>Look at what is there: `ls -l` and `cat note.txt`.</Hint>';

const MISTAKES: readonly Mistake[] = [
  {
    name: 'a term that the glossary does not have',
    from: '## Pictures',
    to: 'The <Term id="imag">images</Term>.\n\n## Pictures',
    says: /<Term>: id: expected a term of lessons\/glossary\.yaml, found "imag"; did you mean "image"\?/,
  },
  {
    name: 'a term in a heading',
    from: '## Pictures',
    to: '## <Term id="image">Pictures</Term>',
    says: /<Term>: expected it in plain text, found it in a heading/,
  },
  {
    name: 'an unknown component',
    from: '<Quiz id="where-is-it" />',
    to: '<Quiz id="where-is-it" />\n\n<Calout>\n\nx\n\n</Calout>',
    says: /expected one of the components Callout, .*, found <Calout>; did you mean <Callout>\?/,
    below: 2,
  },
  {
    name: 'an unknown property',
    from: '<Callout type="why">',
    to: '<Callout typ="why">',
    says: /<Callout>: typ: expected one of the properties type, title, found "typ"; did you mean type\?/,
  },
  {
    name: 'a property of a component that takes none',
    from: HINT,
    to: HINT.replace('<Hint>', '<Hint title="x">'),
    says: /<Hint>: title: expected no properties, found "title"/,
  },
  {
    name: 'a wrong value of a property',
    from: '<Callout type="why">',
    to: '<Callout type="shout">',
    says: /<Callout>: type: expected note, tip, warning or why, found "shout"/,
  },
  {
    name: 'a hint outside a task',
    from: '## Pictures',
    to: '<Hint>x</Hint>\n\n## Pictures',
    says: /<Hint>: expected it inside a <Task>, found it by itself in the text/,
  },
  {
    name: 'a second solution',
    from: '</Solution>',
    to: '</Solution>\n\n<Solution>\n\nAgain.\n\n</Solution>',
    says: /<Solution>: expected one in a <Task>, found another/,
    below: 2,
  },
  {
    name: 'a task inside another component',
    from: '<Quiz id="in-words" />',
    to: '<Callout>\n\n<Quiz id="in-words" />\n\n</Callout>',
    says: /<Quiz>: expected it by itself in the text, found it inside <Callout>/,
    below: 2,
  },
  {
    name: 'an exercise that the frontmatter calls a quiz',
    from: '<Quiz id="where-is-it" />',
    to: '<Task id="where-is-it">\n\nx\n\n</Task>',
    says: /expected <Quiz id="where-is-it"> as in the frontmatter, which says "kind: quiz", found <Task>/,
  },
  {
    name: 'a terminal that leaves no room for the text',
    from: '<Terminal share={60}',
    to: '<Terminal share={90}',
    says: /<Terminal>: share: expected at most 75, found "90"/,
  },
  {
    name: 'a second terminal',
    from: '## Pictures',
    to: '<Terminal share={40} />\n\n## Pictures',
    says: /<Terminal>: expected one in a lesson, found another/,
  },
  {
    name: 'a diagram without words for those who do not see it',
    from: /<Diagram\n {2}alt="[^"]*"/.exec(TEXT)?.[0] ?? '',
    to: '<Diagram',
    says: /<Diagram>: alt: expected a text that tells what the picture shows, found nothing/,
  },
  {
    name: 'bad DOT',
    from: 'browser -> server [label',
    to: 'browser --> server [label',
    says: /<Diagram>: expected a graph in DOT, found: syntax error/,
  },
  {
    name: 'a colour that no theme has',
    from: '[class=quiet style=dashed]',
    to: '[color=red]',
    says: /<Diagram>: expected colours of the theme .*accent.*, found the colour "red"/,
  },
  {
    name: 'a class that no theme has',
    from: '[class=quiet style=dashed]',
    to: '[class=loud]',
    says: /<Diagram>: class: expected one of accent, quiet, .*, found "loud"/,
  },
  {
    name: 'a file tree without a tree',
    from: '- `note.txt` the note, _one_ line\n',
    to: 'Files:\n\n- `note.txt` the note, _one_ line\n',
    says: /<FileTree>: expected a fence or a list .*, found a paragraph, a list/,
    below: -2,
  },
  {
    name: 'a file tree with a crooked indentation',
    from: '  lab.yaml',
    to: ' lab.yaml',
    says: /<FileTree>: expected an indentation of 0 blanks, found 1/,
  },
  {
    name: 'an unknown value in the text',
    from: '<Value name="ship" />',
    to: '<Value name="shp" />',
    says: /<Value>: name: expected one of the lesson's values web_port, ship, container_id \(did you mean ship\?\), found "shp"/,
  },
  {
    name: 'an unknown value in a fence',
    from: 'python3 -m http.server {{web_port}} &',
    to: 'python3 -m http.server {{webport}} &',
    says: /expected one of the lesson's values .*\(did you mean web_port\?\), found "\{\{webport\}\}".*verbatim/,
  },
  {
    name: 'a value in plain braces',
    from: '<Value name="ship" />',
    to: '{{ship}}',
    says: /expected text, found JavaScript: "\{\{ship\}\}"\. A value of the learner is <Value name="ship" \/>/,
  },
  {
    name: 'an unknown word behind a language',
    from: '```bash run',
    to: '```bash runn',
    says: /expected only run, title="\.\.\.", verbatim behind the language, found "runn"; did you mean run\?/,
  },
  {
    name: 'a fence to run that no shell reads',
    from: '```python title="sail.py"',
    to: '```python run',
    says: /run: expected a fence of `console` or `bash`, found "python"/,
  },
  {
    name: 'a dialogue to run without a command',
    from: '$ curl -s localhost:{{web_port}}/note.txt\n',
    to: '',
    says: /run: expected a command in the fence .*, found none/,
    below: -1,
  },
  {
    name: 'tabs of operating systems with a stranger',
    from: '<Tab label="macOS">',
    to: '<Tab label="Mac">',
    says: /<Tab>: label: expected Linux, macOS, Windows in the group "os", found "Mac"/,
  },
  {
    name: 'tabs that are called the same',
    from: '<Tab label="macOS">',
    to: '<Tab label="Linux">',
    says: /<Tab>: label: expected labels that differ, found "Linux" again/,
  },
  {
    name: 'a task that the frontmatter does not have',
    from: '<Task id="serve">',
    to: '<Task id="server">',
    says: /<Task>: id: expected a task of the frontmatter \(make-note, serve\), found "server"; did you mean "serve"\?/,
  },
  {
    name: 'steps that are no list',
    from: '1. Start a web server on port `{{web_port}}`.',
    to: 'Start a web server.\n\n1. Yes.',
    says: /<Steps>: expected one ordered list/,
    below: -2,
  },
  {
    name: 'output that is no fence',
    from: '<Output label="What curl prints">\n',
    to: '<Output label="What curl prints">\n\nHello.\n',
    says: /<Output>: expected a fence inside and nothing else, found a paragraph, a fence/,
  },
  {
    name: 'an import',
    from: '## Pictures',
    to: 'import Thing from "thing"\n\n## Pictures',
    says: /expected text, found "import Thing from "thing"": a lesson imports nothing/,
  },
  {
    name: 'a tag that is never closed',
    from: '</Solution>\n',
    to: '\n',
    says: /expected MDX that can be read, found "<.*closing tag.*Note: each component is closed/,
    below: 2,
  },
  {
    name: 'a property without quotes',
    from: '<Callout type="why">',
    to: '<Callout type=why>',
    says: /expected MDX that can be read, found "<Callout type=why>".*with each value in quotes/,
  },
  {
    name: 'a brace of the text',
    from: '3. Leave it running.',
    to: '3. Leave it {running.',
    says: /expected MDX that can be read, found "3\. Leave it \{running\."/,
  },
];

suite('a mistake is told with file, line, what was expected and what was found', () => {
  for (const { name, from, to, says, below = 0 } of MISTAKES) {
    test(name, async () => {
      const line = lineOf(from) + below;
      await assert.rejects(compile(TEXT.replace(from, to)), (error: Error) => {
        assert.match(error.message, says);
        assert.match(error.message, new RegExp(`^${FILE}:${line}:\\d+: `));
        return true;
      });
    });
  }
});
