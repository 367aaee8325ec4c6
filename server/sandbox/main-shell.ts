/** The shells of a sandbox: its main process, shell after shell in one terminal with the lab's own program beside it, and
 * those in further terminals. Knows nothing about the engine that starts them. */
import type { Size } from '../../protocol/messages.ts';
import { startBash } from './shell-integration.ts';

/**
 * Each shell that exits is followed by a fresh one, with a one-line note. A shell that ends within 0.7 s is followed
 * by one that reads none of the learner's files, so that a broken `.bashrc` can be repaired; a pause after it keeps a
 * shell that cannot live at all from spinning.
 *
 * The traps keep Ctrl-C, pressed while no shell is in the foreground, from ending the sandbox; a handler, in contrast
 * to ignoring, is not inherited by the shells. Since a hang-up is trapped as well, the loop looks for its terminal and
 * ends with it. The size is a terminal's usual one until a viewer brings its own.
 */
const SCRIPT = `
command -v bash >/dev/null || exit 127
trap : INT QUIT TERM HUP TSTP
stty cols 80 rows 24
plain=no
while [ -t 0 ]; do
  began=$(date +%s%3N)
  options=--login
  [ "$plain" = no ] || options=
  ${startBash('$options')}
  took=$(($(date +%s%3N) - began))
  stty sane
  printf '\\033[0m\\033[?25h\\r\\n'
  if [ "$plain" = no ] && [ "$took" -lt 700 ]; then
    plain=yes
    echo '[The shell ended at once. This one starts without .profile and .bashrc.]'
  else
    plain=no
    echo '[The shell ended. Here is a fresh one; your files are as they were.]'
  fi
  [ "$took" -ge 700 ] || sleep 0.5
done
`;

/** Where the output of the lab's start command goes, in the sandbox. */
export const START_LOG = '/tmp/lab-start.log';

/**
 * Runs the start command in a session of its own: neither the terminal's signals nor the end of a shell reach it.
 * `setsid --fork` rather than `&`, which would have it ignore Ctrl-C for itself and all that it starts. What it prints
 * is kept up to 1000 pieces of at most 4 KiB and then dropped, without ever blocking or ending the program.
 */
const START = `
log=$1
shift
[ $# -eq 0 ] || setsid --fork sh -c '
  log=$1
  shift
  "$@" 2>&1 | { dd bs=4096 count=1000 status=none >"$log"; exec cat >/dev/null; }
' drydock-start "$log" "$@" </dev/null >/dev/null 2>&1
`;

/**
 * The command of a sandbox's main process. Expects a terminal and `sh`, `bash` and coreutils on the PATH; without
 * `bash` it ends at once with code 127. `start` runs beside the shells from the beginning, without a terminal, and its
 * output goes to `startLog`; that needs `setsid` of util-linux.
 */
export function mainShell(start: readonly string[] = [], startLog: string = START_LOG): string[] {
  return ['sh', '-c', START + SCRIPT, 'drydock-shells', startLog, ...start];
}

/** The command of a further shell, in a terminal that has this size from the start. Needs what the main one needs. */
export function furtherShell({ cols, rows }: Size): string[] {
  return [
    'sh',
    '-c',
    `stty cols "$1" rows "$2"\n${startBash('--login', 'exec')}`,
    'drydock-shell',
    `${cols}`,
    `${rows}`,
  ];
}
