/** Reads from a lesson's text what its terminal fences show. Knows nothing about sandboxes. */

/** A command of a ```console fence and the output below it. */
export interface ShownCommand {
  readonly kind: 'command';
  readonly command: string;
  /** A line `…` in it stands for any lines. */
  readonly output: string;
  /** Of the command, counted from 1. */
  readonly line: number;
}

/** The end of a `<Task>`: what follows it in the text may rely on its solution. */
export interface ShownTask {
  readonly kind: 'task';
  readonly id: string;
}

/** Commands and tasks in the order of the text. A fence without any prompt is an error. */
export function shownIn(text: string): (ShownCommand | ShownTask)[] {
  const shown: (ShownCommand | ShownTask)[] = [];
  const lines = text.split('\n');
  let task = '';
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index]?.trim() ?? '';
    task = /^<Task id="(.*)">$/.exec(line)?.[1] ?? task;
    if (line === '</Task>') shown.push({ kind: 'task', id: task });
    if (!line.startsWith('```')) continue;
    const end = lines.findIndex((other, at) => at > index && other.trim() === '```');
    if (end === -1) throw new Error(`line ${index + 1}: expected an end of the fence, found none`);
    if (/^```console\b/.test(line)) shown.push(...commandsOf(lines.slice(index + 1, end), index + 2));
    index = end;
  }
  return shown;
}

/** Whether the output is what the text shows. */
export function shows(shown: string, output: string): boolean {
  const pattern = shown
    .split('\n')
    .map((line) => (line === '…' ? '[^]*' : literal(line)))
    .join('\n');
  return new RegExp(`^${pattern}$`).test(output.replace(/ +$/gm, ''));
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function commandsOf(lines: readonly string[], firstLine: number): ShownCommand[] {
  const commands: { command: string; output: string[]; line: number }[] = [];
  for (const [index, text] of lines.entries()) {
    const command = /^(?:\([\w.-]+\) )?\$ (.*)$/.exec(text)?.[1];
    const last = commands.at(-1);
    if (command !== undefined) commands.push({ command, output: [], line: firstLine + index });
    else if (last) last.output.push(text);
    else throw new Error(`line ${firstLine + index}: expected a prompt "$ ", found "${text}"`);
  }
  return commands.map(({ command, output, line }) => ({
    kind: 'command',
    command,
    output: output.join('\n'),
    line,
  }));
}
