/** The text of a new lesson: small, complete, and to be written over. Knows nothing about files. */

/** `virtual-machines` → `Virtual machines`. */
function titleOf(slug: string): string {
  const words = slug.replaceAll('-', ' ');
  const title = words.charAt(0).toUpperCase() + words.slice(1);
  return title.length < 3 ? `Lesson ${title}` : title;
}

/** `course.yaml` of a new course. */
export function courseFile(course: string, order: number): string {
  return `title: ${titleOf(course)}
summary: One or two sentences that tell what this course is about and whom it is for.
order: ${order}
`;
}

/** The files of a lesson by their paths in its folder. */
export function lessonFiles({ slug, lab }: { slug: string; lab: string }): Record<string, string> {
  return {
    'index.mdx': index(titleOf(slug), lab),
    'tasks/say-hello/check.sh': CHECK,
    'tasks/say-hello/solve.sh': 'echo "Hello, harbour" > hello.txt\ncat hello.txt\n',
    'tasks/say-hello/hint.sh': HINT,
    'quizzes/where.yaml': QUIZ,
  };
}

function index(title: string, lab: string): string {
  return `---
title: ${title}
summary: Write a file in the home folder of the lab, and know where it lies.
lab: ${lab}
duration: 5
tasks:
  - id: say-hello
    title: Say hello
  - id: where
    title: Where does it lie?
    kind: quiz
---

After this lesson you can ... Say in one or two sentences what one can do afterwards.

## First things first

Explain one idea at a time, and why before how. Then let the reader try it:

\`\`\`console run
$ echo "Ships ahoy"
Ships ahoy
\`\`\`

<Task id="say-hello">

Write the words \`Hello, harbour\` into the file \`hello.txt\` in your home folder.

<Hint>

The shell sends what a command prints into a file with \`>\`.

</Hint>

<Solution>

Many other ways lead there, such as an editor.

</Solution>

</Task>

<Quiz id="where" />

## In short

- Sum up in a few points what was learnt.
`;
}

const CHECK = `#!/bin/bash
# Passes when hello.txt holds the greeting. It runs in the learner's home folder.
no() {
  printf '%s\\n' "$*"
  exit 1
}

[ -e hello.txt ] || no 'There is no file ~/hello.txt yet.'
[ -s hello.txt ] || no 'The file ~/hello.txt is empty.'
grep -qi 'hello, harbour' hello.txt || no "I expected hello.txt to say: Hello, harbour. It says: $(head -c 80 hello.txt)"
echo 'Hello to you.'
`;

const HINT = `#!/bin/bash
# What it prints is the first hint. It may look at what the learner has done; printing nothing is fine.
if [ -e hello.txt ]; then
  echo "Your file is there. It says: $(head -c 80 hello.txt)"
fi
`;

const QUIZ = `type: single
question: Where does \`hello.txt\` lie when you type \`echo hi > hello.txt\`?
options:
  - text: In the folder where you are
    correct: true
    because: A name without a \`/\` is looked for where you are. \`pwd\` tells where that is.
  - text: Always in the home folder
    because: Only while you are there. After \`cd /tmp\` the same command writes \`/tmp/hello.txt\`.
`;
