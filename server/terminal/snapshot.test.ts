import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openEmulator } from './emulator.ts';
import { bytes, describe, feed, snapshotOf } from './testing.ts';
import { incompleteCharacter } from './characters.ts';

const SIZE = { cols: 20, rows: 6 };

/** Holds a viewer who was there all along against one who joined with a snapshot after `at` bytes. */
async function holdsAt(data: Uint8Array, at: number, size = SIZE): Promise<void> {
  const undisturbed = openEmulator(size);
  await feed(undisturbed, data);
  // Output reaches screens and viewers in whole characters, see batches.ts.
  const cut = at - incompleteCharacter(data.subarray(0, at));
  const snapshot = await snapshotOf(data.subarray(0, cut), size);
  const joined = openEmulator(size);
  await feed(joined, snapshot.data);
  await feed(joined, snapshot.tail);
  await feed(joined, data.subarray(cut));
  const around = JSON.stringify(new TextDecoder().decode(data.subarray(Math.max(0, at - 12), at)));
  assert.deepEqual(describe(joined), describe(undisturbed), `joined at byte ${at}, after ${around}`);
  undisturbed.terminal.dispose();
  joined.terminal.dispose();
}

const CASES: Record<string, string> = {
  'plain text and scrollback': Array.from({ length: 30 }, (_, i) => `line ${i}\r\n`).join('') + '$ ',
  'long lines that wrap': `${'abcdefghij'.repeat(9)}\r\nshort\r\n${'x'.repeat(20)}\r\n${'y'.repeat(40)}z`,
  'wrap while a background is set': `\x1b[44m${'blue '.repeat(30)}\x1b[0m\r\nafter ${'w'.repeat(30)}`,
  'cleared end of a line before a wrap': `${'k'.repeat(25)}\x1b[A\x1b[15G\x1b[K\x1b[B\rz`,
  'colours and flags':
    '\x1b[1;31mbold red\x1b[22;3;4m it\x1b[0m \x1b[38;5;200mpink\x1b[48;2;1;2;3m rgb\x1b[m\r\n' +
    '\x1b[2mdim\x1b[5mblink\x1b[7minv\x1b[8mhid\x1b[9mstr\x1b[53mover\x1b[0m\x1b[95;105mbright\x1b[39;49m.',
  'underline styles and colours':
    '\x1b[4:3mcurly\x1b[58:2::255:0:9mtint\x1b[4:2mdouble\x1b[59;24mnone\x1b[58:5:9;4mx\x1b[0my',
  links:
    'a \x1b]8;id=1;https://example.org/a;b\x1b\\link\x1b]8;;\x1b\\ plain \x1b]8;;https://example.org\x07two\r\nlines',
  'background to the end of lines':
    '\x1b[42mgreen\x1b[K\r\n\x1b[2;5H\x1b[K\x1b[0m text\x1b[43m\x1b[2X\x1b[4C.\x1b[1K\x1b[J',
  'wide characters':
    '漢字かな交じり文が右端で折り返すところ\r\n한글 a漢b字c\x1b[3D漢\x1b[2D.\r\n' + 'x'.repeat(19) + '漢字',
  'emoji and joined characters':
    'e\u0301a\u0308 👩‍👩‍👧 👍🏽 ❤️ 🇩🇪 \u0301alone\r\n\x1b[3G\u0302 na\u0308ive' + 'o\u0302'.repeat(12),
  'marks that come late': 'e\u0301\x1b[1mx\u0302\r\n' + 'w'.repeat(19) + 'e\u0301n',
  repeat: 'ab\x1b[5bc\r\n漢\x1b[3b\r\n',
  'the alternate screen':
    'before\r\nmore\x1b[?1049h\x1b[H\x1b[2J~\r\n~\x1b[3;4Hvim\x1b[7m status \x1b[0m\x1b[?1049l after\r\n',
  'the alternate screen of old':
    'one\x1b[?47h two\x1b[2;2Hthree\x1b[?47l four \x1b[?1047h five\x1b[?1047l six',
  modes:
    '\x1b[?1h\x1b=\x1b[?2004h\x1b[?1000h\x1b[?1006h\x1b[?25l\x1b[?1004h x \x1b[?1002h\x1b[?1003h\x1b[?1016h\x1b[?25h\x1b[?1l\x1b>',
  'no wrap and insert': `\x1b[?7l${'n'.repeat(30)}end\x1b[?7h\r\n${'m'.repeat(15)}\x1b[5G\x1b[4hins漢\x1b[4l.`,
  margins: `1\r\n2\r\n3\r\n4\r\n5\x1b[2;4r\x1b[4;1Hx\r\ny\r\nz\x1bM\x1bM\x1b[r\x1b[6;1Hdone`,
  'origin mode': '\x1b[2;5r\x1b[?6h\x1b[2;3Hin\x1b[9;1Hlow\x1b[?6l\x1b[6;2Hout\x1b[r',
  'saved cursor': 'ab\x1b[31m\x1b[3;7H\x1b7\x1b[0m\x1b[Hxy\x1b8red\x1b[s\x1b[5;5H\x1b[u!',
  'line drawing':
    '\x1b(0lqqk\x1b(B q \x1b)0\x0eqx\x0fq \x1b*A\x1bn#\x0f\x1b(0mqj\r\n' + 'q'.repeat(20) + '\x1b(Bq',
  'tab stops': 'a\tb\tc\r\n\x1b[3g\x1b[5G\x1bH\x1b[11G\x1bH\r\td\te',
  'cursor shape and title': '\x1b[5 q\x1b]2;a title ü\x07t\x1b]0;other\x1b\\\x1b[2 q.\x1b[0 q',
  'style changed before a wrap': `${'s'.repeat(20)}\x1b[1;34mnext${'t'.repeat(16)}\x1b[0m${'漢'.repeat(10)}\x1b[7m!`,
  'controls inside a sequence': 'ab\x1b[3\r1mred\x1b[1\n;4mboth\x1b[0\x18m cancelled\x1b]2;half\x1b[32mgreen',
  'strings that nothing handles': '\x1bPsome data\x1b\\x\x1b_apc\x1b\\y\x1b^pm\x1b\\z\x1bX sos\x1b\\.',
  'controls of eight bits': 'a\u009b31mred\u009d2;title\u009c b\u0085c\u0084d',
  resets: 'x\x1b[31m\x1b[?25l\x1b[2;3r\x1b[!pafter\x1b[2;2H\x1bcblank \x1b[5n',
  'a program that draws over itself':
    '\x1b[2J\x1b[H' + '\x1b[5;1H\x1b[2K50%\x1b[L\x1b[M\x1b[2P\x1b[3@\x1b[S\x1b[T'.repeat(3),
};

for (const [name, text] of Object.entries(CASES)) {
  test(`a viewer who joins at any byte sees the same: ${name}`, async () => {
    const data = bytes(text);
    for (let at = 0; at <= data.length; at++) await holdsAt(data, at);
  });
}

for (const [name, text, size] of [
  ['a wide character in a screen of two columns and one row', '\x1b[41m 漢字', { cols: 2, rows: 1 }],
  ['a cursor that only blinks', '\x1b[7 qa\x1b[8 q', SIZE],
  ['a colour for underlines that come later', '\x1b[58:2::1:2:3mab\x1b[31mc\x1b[4md', SIZE],
  ['protection from erasing', '\x1b[1"qab cd\x1b[0"q ef\x1b[?2K\x1b[1"q x\r\x1b[?J', SIZE],
  ['every character set', '\x1b(4#@\x1b)6[\x0e]\x1b*K\x1bn~\x1b(=\x0fq', SIZE],
  ['a link that outlives its screen', '\x1b]8;;http://a.b/\x07link\x1b[?1049h\x1b[2Jx', SIZE],
] as const) {
  test(`a viewer who joins at any byte sees the same: ${name}`, async () => {
    const data = bytes(text);
    for (let at = 0; at <= data.length; at++) await holdsAt(data, at, size);
  });
}

test('what a smaller size has cut off a full-screen program stays away when it grows again', async () => {
  const emulator = openEmulator({ cols: 12, rows: 6 });
  emulator.terminal.resize(12, 4);
  await feed(emulator, '\x1b[?1049h1\r\n2\r\n3\r\n4\r\nlong text');
  assert.equal(emulator.terminal.buffer.active.length, 4, 'nothing is kept above the screen');
  emulator.terminal.resize(5, 4);
  emulator.terminal.resize(12, 4);
  assert.equal(emulator.terminal.buffer.active.getLine(3)?.translateToString(true), 'long ');
  emulator.terminal.dispose();
});

test('a viewer who joins between broken characters in a sequence sees the same', async () => {
  const data = Uint8Array.from([
    0x1b, 0xc2, 0x00, 0x80, 0x1b, 0x5b, 0xe2, 0x0a, 0x82, 0xac, 0x33, 0x31, 0x6d, 0x61,
  ]);
  for (let at = 0; at <= data.length; at++) await holdsAt(data, at);
});

test('a viewer who joins between invalid bytes sees the same', async () => {
  const data = Uint8Array.from([
    0x61, 0xff, 0xc3, 0x28, 0xf0, 0x9f, 0x61, 0xe2, 0x82, 0x0a, 0xed, 0xa0, 0x80, 0xc2, 0x41,
  ]);
  for (let at = 0; at <= data.length; at++) await holdsAt(data, at);
});

/** A small generator of reproducible numbers below `limit`. */
function random(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

const PIECES: readonly ((n: (limit: number) => number) => string)[] = [
  (n) => 'lorem ipsum dolor sit amet '.slice(0, 1 + n(26)),
  (n) => '漢字e\u0301🙂ä한'.slice(0, 1 + n(7)),
  () => '\r\n',
  (n) => ['\r', '\n', '\b', '\t', '\x1bM', '\x1bD', '\x1bE'][n(7)] ?? '',
  (n) => `\x1b[${n(8)};${n(24)}H`,
  (n) => `\x1b[${n(12)}${'ABCDEFGILMPSTXZ@bd'[n(18)]}`,
  (n) => `\x1b[${n(3)}${'JK'[n(2)]}`,
  (n) => `\x1b[${[0, 1, 3, 4, 7, 9, 22, 24, 31, 39, 42, 44, 49, 53, 97, 104][n(16)]}m`,
  (n) => `\x1b[38;5;${n(256)};48;2;${n(256)};0;9m`,
  (n) => `\x1b[4:${n(6)}m`,
  (n) => `\x1b[?${[1, 6, 7, 25, 45, 47, 1000, 1002, 1006, 1049, 2004][n(11)]}${'hl'[n(2)]}`,
  (n) => `\x1b[4${'hl'[n(2)]}`,
  (n) => `\x1b[${n(4)};${3 + n(4)}r`,
  (n) => ['\x1b7', '\x1b8', '\x1bH', '\x1b[g', '\x1b[!p'][n(5)] ?? '',
  (n) => 'x'.repeat(15 + n(30)),
];

test('a viewer who joins a random stream at a random byte sees the same', async () => {
  for (let seed = 1; seed <= Number(process.env['FUZZ_RUNS'] ?? 400); seed++) {
    const n = random(seed);
    const data = bytes(Array.from({ length: 10 + n(60) }, () => PIECES[n(PIECES.length)]?.(n)).join(''));
    const at = n(data.length + 1);
    await holdsAt(data, at).catch((error: unknown) => {
      throw new Error(`seed ${seed}, cut at ${at}: ${JSON.stringify(new TextDecoder().decode(data))}`, {
        cause: error,
      });
    });
  }
});

test('a snapshot contains no query, also where the output did', async () => {
  const { data } = await snapshotOf(
    bytes('a\x1b[c\x1b[6n\x1b]11;?\x07\x1bP$qm\x1b\\\x1b[?1049hb\x1b[5n'),
    SIZE,
  );
  const viewer = openEmulator(SIZE);
  const answers: string[] = [];
  viewer.terminal.onData((answer) => answers.push(answer));
  await feed(viewer, data);
  assert.deepEqual(answers, []);
  viewer.terminal.dispose();
});
