/** Looks at the fences of a text: languages, words behind them, prompts. Knows nothing about what the lab prints. */
import type { Code } from 'mdast';
import { bundledLanguages, bundledLanguagesAlias } from 'shiki/langs';
import { nearest } from '../../../src/lesson/author-error.ts';
import { DIALOGUES, promptOf, readFence } from '../../../src/lesson/fence.ts';
import { isElement, placeOf, propOf, walk } from '../mdx.ts';
import type { Edit, Finding } from './finding.ts';
import { finding, type Source } from './source.ts';

/** Languages without colours of their own. */
const PLAIN = ['text', 'txt', 'plaintext', 'dot'];
const KNOWN = new Set([...Object.keys(bundledLanguages), ...Object.keys(bundledLanguagesAlias), ...PLAIN]);
const COMMON = [
  'console',
  'bash',
  'text',
  'python',
  'yaml',
  'json',
  'dockerfile',
  'ini',
  'powershell',
  'diff',
  'html',
];
const SHELLS = new Set(['bash', 'sh', 'shell']);

/** Fences that name no language or an unknown one, words without a meaning, and dialogues without a command. */
export function checkFences(source: Source): Finding[] {
  const findings: Finding[] = [];
  if (!source.root) return findings;
  walk(source.root, (node, parents) => {
    if (node.type !== 'code') return;
    const tree = parents.some((parent) => isElement(parent) && parent.name === 'FileTree');
    const tab = parents.findLast((parent) => isElement(parent) && parent.name === 'Tab');
    const elsewhere = tab !== undefined && isElement(tab) && propOf(tab, 'label') !== 'Linux';
    if (!tree) findings.push(...checkFence(source, node, { elsewhere }));
  });
  return findings;
}

function checkFence(source: Source, fence: Code, { elsewhere }: { elsewhere: boolean }): Finding[] {
  const place = placeOf(fence);
  const { lang } = fence;
  const tell = (found: Parameters<typeof finding>[1]): Finding =>
    finding(source, { ...place, what: 'fence', ...found });
  const start = fence.position?.start.offset ?? 0;
  if (lang === null || lang === undefined) {
    const fenced = /^[`~]{3,}/.exec(source.text.slice(start))?.[0];
    if (fenced === undefined) {
      const mend = 'put it between two lines of ```; text that is no code must not be indented';
      return [tell({ expected: 'code between fences', found: 'code that is indented', mend })];
    }
    const guess = languageOf(fence.value);
    const edits: Edit[] = [{ from: start + fenced.length, to: start + fenced.length, text: guess ?? '' }];
    const mend = `write ${fenced}${guess ?? 'text'}`;
    return [tell({ expected: 'a language', found: 'none', mend, ...(guess === undefined ? {} : { edits }) })];
  }
  if (!KNOWN.has(lang)) {
    const meant = nearest(lang, [...COMMON, ...KNOWN]);
    const mend = meant === undefined ? 'write "text" where there is none that fits' : `write \`\`\`${meant}`;
    return [tell({ expected: 'a language that can be coloured', found: `"${lang}"`, mend })];
  }
  const faults: Finding[] = [];
  readFence(lang, fence.meta, (message) => {
    const [expected = '', found = ''] = message
      .replace(/^run: /, '')
      .replace(/^expected /, '')
      .split(', found ');
    faults.push(tell({ expected, found, mend: 'take it out or mend it' }));
  });
  if (DIALOGUES.has(lang)) return [...faults, ...checkDialogue(fence, tell)];
  if (
    SHELLS.has(lang) &&
    !/\brun\b/.test(fence.meta ?? '') &&
    !/\btitle=/.test(fence.meta ?? '') &&
    !elsewhere &&
    !isForOwnComputer(fence)
  ) {
    const mend = 'mark it run, or show it as ```console with its output; a file has a title="..."';
    const expected = 'commands that are proven';
    faults.push(tell({ severity: 'warning', expected, found: 'a fence that nobody runs', mend }));
  }
  return faults;
}

function checkDialogue(fence: Code, tell: (found: Parameters<typeof finding>[1]) => Finding): Finding[] {
  const first = placeOf(fence).line + 1;
  const lines = fence.value.split('\n');
  const begins = lines.findIndex((line) => promptOf(`${line} `) !== undefined);
  if (begins === -1) {
    const mend = 'write "$ " before the command, or ```text where it is output alone';
    return [tell({ expected: 'a prompt with a command', found: 'none', mend })];
  }
  const found: Finding[] = [];
  if (begins > 0) {
    const mend = 'let the fence begin with the command, or use ```text';
    found.push(tell({ line: first, expected: 'a prompt before the output', found: `"${lines[0]}"`, mend }));
  }
  for (const [index, line] of lines.entries()) {
    const prompt = promptOf(`${line} `);
    // A line of output may be a lone sign as well; only the prompts that stand at the beginning of a command count.
    if (prompt === undefined || !prompt.endsWith('$ ') || line.length >= prompt.length) continue;
    const mend = 'write the command behind it, or take the line out';
    found.push(
      tell({ line: first + index, expected: 'a command behind the prompt', found: `"${line}"`, mend }),
    );
  }
  return found;
}

/** Whether all commands want `sudo`, which no lab has: they are for the reader's own computer. */
function isForOwnComputer(fence: Code): boolean {
  return fence.value.split('\n').every((line) => line.startsWith('sudo '));
}

/** The language where it is beyond doubt. */
function languageOf(code: string): string | undefined {
  const first = code.split('\n').find((line) => line.trim() !== '') ?? '';
  if (promptOf(first)?.endsWith('$ ')) return 'console';
  if (/^#!.*\b(?:ba)?sh\b/.test(first)) return 'bash';
  if (/^#!.*\bpython/.test(first) || /^(?:def \w+\(.*\):|from \w[\w.]* import |import \w+$)/.test(first))
    return 'python';
  if (/^FROM \S+/.test(first)) return 'dockerfile';
  if (/^[[{]/.test(first) && isJson(code)) return 'json';
  return undefined;
}

function isJson(code: string): boolean {
  try {
    JSON.parse(code);
    return true;
  } catch {
    return false;
  }
}
