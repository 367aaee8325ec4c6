/**
 * Shows in the terminal's margin how each command ended and how long it took, from the marks that the shell prints
 * (OSC 133: A prompt, B command line, C running, D;code ended), and from those that a snapshot has: S;began and
 * R;code;took;at, see server/terminal/command-log.ts. A program may print such marks too; all that comes of it is a dot.
 * Knows nothing about shells.
 */
import type { IDecoration, IMarker, Terminal } from '@xterm/xterm';

/** Dots kept; older ones go. */
const MOST = 200;

/** Draws dots until the terminal is disposed. */
export function showMarks(terminal: Terminal): void {
  const dots: IDecoration[] = [];
  let line: IMarker | undefined;
  let startedAt: number | undefined;

  const show = (at: IMarker, code: number | undefined, words: string) => {
    const dot = terminal.registerDecoration({ marker: at, layer: 'top' });
    if (!dot) return;
    dot.onRender((element) => {
      element.classList.add('command-mark');
      element.dataset.outcome = code === undefined ? 'unknown' : code === 0 ? 'good' : 'bad';
      element.title = words;
    });
    dots.push(dot);
    if (dots.length > MOST) dots.shift()?.dispose();
  };
  const ended = (code: number | undefined) => {
    const began = startedAt;
    startedAt = undefined;
    if (began === undefined || !line || line.isDisposed) return;
    show(line, code, inWords(code, Date.now() - began));
    line = undefined;
  };

  // A snapshot begins with a reset, and brings what there was before it.
  terminal.parser.registerEscHandler({ final: 'c' }, () => {
    line = undefined;
    startedAt = undefined;
    return false;
  });
  terminal.parser.registerOscHandler(133, (data) => {
    const [kind, code, took, at] = data.split(';');
    if (kind === 'S') {
      line = terminal.registerMarker(0);
      startedAt = code ? Number(code) : undefined;
    }
    if (kind === 'R')
      show(
        terminal.registerMarker(0),
        codeOf(code),
        inWords(codeOf(code), Number(took), new Date(Number(at))),
      );
    if (kind === 'B' && startedAt === undefined) {
      // A prompt that is drawn again stands on a line of its own choice.
      line?.dispose();
      line = terminal.registerMarker(0);
    }
    if (kind === 'C') {
      line ??= terminal.registerMarker(0);
      startedAt = Date.now();
    }
    if (kind === 'D') ended(codeOf(code));
    return true;
  });
}

const codeOf = (code: string | undefined) =>
  code === undefined || code === '' ? undefined : Number(code) || 0;

/** How a command ended, such as "Exit code 2 after 0.4 s, at 10:42:07". */
export function inWords(code: number | undefined, ms: number, at = new Date()): string {
  const how =
    code === undefined
      ? 'Ended'
      : code === 0
        ? 'Succeeded'
        : code === 130
          ? 'Interrupted (exit code 130)'
          : `Exit code ${code}`;
  return `${how} after ${duration(ms)}, at ${at.toLocaleTimeString()}`;
}

function duration(ms: number): string {
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`;
}
