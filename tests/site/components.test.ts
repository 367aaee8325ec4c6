/** What the build makes of each component, and what it says to an author who uses one in a wrong way. */
import assert from 'node:assert/strict';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, suite, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { ensureSite } from '../../cli/setup/site.ts';
import type { Tree } from '../support/tree.ts';
import { copyHarbour } from './harbour.ts';

const LESSON = 'lessons/harbour/01-everything';

let tree: Tree;

before(() => {
  tree = copyHarbour();
});
after(() => tree.remove());

const build = (): Promise<string> => ensureSite(tree.root, () => undefined);

suite('the lesson that has everything', () => {
  let html = '';
  let site = '';
  before(async () => {
    site = await build();
    html = readFileSync(path.join(site, 'lessons', 'harbour', 'everything', 'index.html'), 'utf8');
  });
  /** The element that begins with the tag, up to its end tag. */
  const element = (begin: string, end: string): string => {
    const from = html.indexOf(begin);
    assert.ok(from >= 0, `the page has ${begin}`);
    return html.slice(from, html.indexOf(end, from) + end.length);
  };

  test('an exercise has its check, hints, hint script, solution, and what types it', () => {
    const task = element('<section class="task" id="task-make-note"', '</section>');
    assert.match(task, /data-task="make-note" data-kind="exercise" data-status="not-yet" data-hint-script/);
    for (const action of ['check', 'hint', 'solution', 'type']) {
      assert.match(task, new RegExp(`data-action="${action}"`));
    }
    assert.equal(task.match(/data-hint hidden/g)?.length, 2);
    assert.match(task, /data-text="echo &quot;ahoy from \{\{ship\}\}&quot; > note\.txt"/);
    const [instructions = '', solution = ''] = task.split('data-solution');
    assert.doesNotMatch(instructions, /keep the blanks together/);
    assert.match(solution, /keep the blanks together/);
    assert.match(solution, /<span class="value" data-value="ship"/);
  });

  test('what a task needs is told, and one without a hint has no button for it', () => {
    const task = element('<section class="task" id="task-serve"', '</section>');
    assert.match(task, /Builds on[\s\S]*<a href="#task-make-note">Write a note<\/a>/);
    assert.doesNotMatch(task, /data-action="hint"|data-hint-script/);
  });

  test('paths of the scripts are not in the built page', () => {
    assert.doesNotMatch(html, /data-check-file|data-solve-file|_place|01-everything/);
  });

  test('a quiz of one answer has radio buttons with the numbers of its options', () => {
    const quiz = element('id="task-where-is-it"', '</section>');
    assert.match(quiz, /data-kind="quiz"/);
    assert.match(quiz, /<form[^>]* data-quiz="single"/);
    assert.deepEqual(quiz.match(/type="radio"[^>]* value="\d"/g)?.length, 3);
    assert.equal(quiz.match(/<p[^>]* data-because hidden><\/p>/g)?.length, 3);
    assert.match(quiz, /You wrote <code>note\.txt<\/code> with <code>><\/code>/);
    assert.match(quiz, /<button[^>]* type="submit">\s*Answer/);
  });

  test('a quiz of several answers has check boxes, one in words a field', () => {
    assert.match(element('id="task-which-two"', '</section>'), /data-quiz="multiple"[\s\S]*type="checkbox"/);
    const words = element('id="task-in-words"', '</section>');
    assert.match(words, /data-quiz="text"[\s\S]*<input[^>]* type="text"/);
    assert.equal(words.match(/data-because/g)?.length, 1);
  });

  test('no file of the site tells which answer is right', () => {
    const secrets = [
      'The shell opens the file',
      'This is what',
      'its name is short for',
      'It does too, but',
      'Look at the steps of the last task',
      'wget',
    ];
    const files = globSync('**/*.{html,js,json,css}', { cwd: site });
    assert.ok(files.length > 5);
    for (const file of files) {
      const text = readFileSync(path.join(site, file), 'utf8');
      for (const secret of secrets) assert.ok(!text.includes(secret), `${file} says "${secret}"`);
    }
    const options = [...html.matchAll(/<input type="(?:radio|checkbox)"([^>]*)>/g)].map(
      ([, rest = '']) => rest,
    );
    assert.equal(options.length, 6);
    for (const rest of options) {
      assert.match(
        rest,
        /^ id="quiz-[a-z-]+-\d" name="quiz-[a-z-]+" value="\d"$/,
        'options differ in nothing else',
      );
    }
  });

  test('the search knows the text, tasks and commands, but no hint, no solution and no answer', () => {
    const fragments = globSync('pagefind/fragment/*.pf_fragment', { cwd: site });
    assert.equal(fragments.length, 3, 'one for each lesson and one for the glossary');
    const text = fragments
      .map((file) => gunzipSync(readFileSync(path.join(site, file))).toString())
      .join('\n');
    for (const known of ['Write a note', 'task-make-note-title', 'Who reads the note', 'curl -s localhost']) {
      assert.ok(text.includes(known), `the index has "${known}"`);
    }
    for (const hidden of [
      'Look at what is there',
      'keep the blanks together',
      'Show solution',
      'Not yet',
      'Copy',
    ]) {
      assert.ok(!text.includes(hidden), `the index has no "${hidden}"`);
    }
  });

  test('headings and tasks have a link to themselves, named after where it leads', () => {
    assert.match(
      html,
      /<div class="heading">\s*<h2 id="pictures">Pictures<\/h2>\s*<a class="anchor" href="#pictures" aria-label="Link to “Pictures”">/,
    );
    assert.match(html, /<a class="anchor" href="#task-make-note" aria-label="Link to task 1">/);
    assert.match(html, /<a class="anchor" href="#task-where-is-it" aria-label="Link to question 2">/);
  });

  test('a word of the glossary leads there, and carries its meaning', () => {
    assert.match(
      html,
      /<a class="term" href="\/glossary\/#note" data-term="A file of one line that says &#60;|<a class="term" href="\/glossary\/#note" data-term="A file of one line that says </,
    );
    const glossary = readFileSync(path.join(site, 'glossary', 'index.html'), 'utf8');
    assert.match(glossary, /<h3 id="note">\s*Note[\s\S]*A file of <code>one<\/code> line/);
    assert.match(glossary, /Learnt in <a href="\/lessons\/harbour\/everything\/">/);
    assert.match(glossary, /See also[\s\S]*<a href="#quay">Quay<\/a>/);
    assert.ok(glossary.indexOf('id="note"') < glossary.indexOf('id="quay"'), 'in the order of the alphabet');
  });

  test('a fence that can be run carries its commands, without prompts and output', () => {
    const fence = element('<figure class="code" data-run="echo', '</figure>');
    assert.match(
      fence,
      /^<figure class="code" data-run="echo &quot;ahoy from \{\{ship\}\}&quot; > note\.txt\ncat note\.txt">/,
    );
    assert.match(fence, /data-run-button[^>]*>Run in terminal</);
    assert.match(fence, /data-copy[^>]*>Copy</);
    assert.equal(fence.match(/data-value="ship"/g)?.length, 2);
    assert.match(
      element('<figure class="code" data-run="cd ~', '</figure>'),
      /data-run="cd ~\npython3 -m http\.server \{\{web_port\}\} &amp;"/,
    );
  });

  test('a template keeps its braces, a file its name', () => {
    assert.match(html.replace(/<[^>]*>/g, ''), /Hello \{\{ name \}\}/);
    assert.match(html, /<figcaption class="code-title">sail\.py<\/figcaption>/);
  });

  test('values have a place in text and in inline code', () => {
    assert.match(html, /called <span class="value" data-value="ship"[^>]*>ship<\/span>/);
    assert.match(html, /<code><span class="value" data-value="web_port"[^>]*>web_port<\/span><\/code>/);
  });

  test('a diagram is an SVG in the colours of the theme', () => {
    const diagram = element('<figure class="figure diagram">', '</figure>');
    assert.match(diagram, /role="img" aria-label="The browser asks the server/);
    assert.match(diagram, /<svg width="\d+"\s+viewBox=/);
    assert.match(diagram, /class="node accent"/);
    const colours = new Set([...diagram.matchAll(/(?:stroke|fill)="([^"]*)"/g)].map(([, colour]) => colour));
    assert.deepEqual(
      [...colours].toSorted((a = '', b = '') => a.localeCompare(b)),
      ['currentcolor', 'none'],
    );
    assert.doesNotMatch(diagram, /font-family| id="|<title>|xmlns/);
    assert.match(diagram, /<figcaption>Who reads the note/);
  });

  test('a file tree is a list of lists', () => {
    const trees = html.split('class="file-tree"').slice(1);
    assert.equal(trees.length, 2);
    const words = (text = ''): string => text.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
    assert.match(
      words(trees[0]),
      /note\.txt the note, one line site\/ index\.html css\/ empty at first my drafts\/ a name/,
    );
    assert.match(trees[0] ?? '', /<em>one<\/em>/);
    assert.match(words(trees[1]), /lab\/ Dockerfile how the image is made lab\.yaml/);
  });

  test('the terminal gets its share and its note', () => {
    assert.match(html, /data-workspace style="--lesson-split: 40"/);
    assert.match(html, /aria-valuenow="40"/);
    assert.match(html, /This lab starts with a small web server/);
    const other = readFileSync(path.join(site, 'lessons', 'harbour', 'last', 'index.html'), 'utf8');
    assert.match(other, /data-workspace style="--lesson-split: 48"/);
  });

  test('the contents list has tasks and quizzes in the order of the text', () => {
    const listed = [...html.matchAll(/data-outline-task="([^"]*)"/g)].map(([, id]) => id);
    assert.deepEqual(listed, ['make-note', 'where-is-it', 'which-two', 'serve', 'in-words']);
  });

  test('the end leads to the next lesson, the last end to the page of the finished course', () => {
    assert.match(
      html,
      /data-lesson-end data-state="open"[\s\S]*data-time-taken[\s\S]*rel="next" href="\/lessons\/harbour\/last\/"/,
    );
    const last = readFileSync(path.join(site, 'lessons', 'harbour', 'last', 'index.html'), 'utf8');
    assert.match(last, /href="\/lessons\/harbour\/finished\/"/);
    const finished = readFileSync(path.join(site, 'lessons', 'harbour', 'finished', 'index.html'), 'utf8');
    assert.match(finished, /<main[^>]* data-certificate-course="harbour"/);
    for (const part of ['name', 'date', 'time', 'lessons']) {
      assert.match(finished, new RegExp(`data-certificate="${part}"`));
    }
  });

  test("nothing of the diagrams' library is shipped", () => {
    for (const file of globSync('_astro/*.{js,wasm}', { cwd: site })) {
      assert.doesNotMatch(readFileSync(path.join(site, file), 'utf8'), /graphviz/i, file);
    }
  });
});

suite('a mistake stops the build', () => {
  const edited = async (name: string, edit: (text: string) => string, says: RegExp): Promise<void> => {
    const file = path.join(tree.root, LESSON, name);
    const text = readFileSync(file, 'utf8');
    const wrong = edit(text);
    assert.notEqual(wrong, text);
    writeFileSync(file, wrong);
    try {
      await assert.rejects(build(), says);
    } finally {
      writeFileSync(file, text);
    }
  };

  test('in the text: file, line and column', () =>
    edited(
      'index.mdx',
      (text) => text.replace('<Callout type="why">', '<Callout type="shout">'),
      /^lessons\/harbour\/01-everything\/index\.mdx:\d+:1: <Callout>: type: expected note, tip, warning or why, found "shout"/m,
    ));

  test('MDX that does not parse: file, line, column, and what to do', () =>
    edited(
      'index.mdx',
      (text) => text.replace('</Solution>\n', '\n'),
      /^lessons\/harbour\/01-everything\/index\.mdx:\d+:\d+: expected MDX that can be read, found "<\/Task>".*each component is closed/m,
    ));

  test('a term that the glossary does not have names file, line and column', () =>
    edited(
      'index.mdx',
      (text) => text.replace('<Term id="note">', '<Term id="notes">'),
      /^lessons\/harbour\/01-everything\/index\.mdx:\d+:\d+: <Term>: id: expected a term of lessons\/glossary\.yaml, found "notes"; did you mean "note"\?/m,
    ));

  test('a glossary with a lesson that is not there names file, line and column', () =>
    edited(
      '../../glossary.yaml',
      (text) => text.replace('harbour/last', 'harbour/lost'),
      /lessons\/glossary\.yaml:10:13: terms\.quay\.lesson: expected a lesson, such as "docker\/images", found "harbour\/lost"/,
    ));

  test('an unknown value in a solution names the script', () =>
    edited(
      'tasks/serve/solve.sh',
      (text) => text.replace('web_port', 'wep_port'),
      /01-everything\/tasks\/serve\/solve\.sh.*expected one of the lesson's values .*found "\{\{wep_port\}\}"/,
    ));

  test('a question that is more than a paragraph names its file', () =>
    edited(
      'quizzes/in-words.yaml',
      (text) => text.replace(/question: .*/, 'question: "One:\\n\\n- two"'),
      /quizzes\/in-words\.yaml: expected one paragraph of text, code, emphasis and links/,
    ));
});
