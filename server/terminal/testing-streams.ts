/** Random output of programs for the tests of this folder: made of what real programs print, and of what none should. */
import * as fc from 'fast-check';
import { SIZE_LIMITS, type Size } from '../../protocol/messages.ts';
import { bytes } from './testing.ts';

const parameter = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 12 }) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 70_000 }) },
);

const parameters = fc
  .array(
    fc.oneof({ weight: 8, arbitrary: parameter.map(String) }, { weight: 1, arbitrary: fc.constant('') }),
    {
      maxLength: 4,
    },
  )
  .map((all) => all.join(';'));

const text = fc.oneof(
  fc.string({ maxLength: 60 }),
  fc.constantFrom(
    'lorem ipsum dolor sit amet ',
    'x'.repeat(50),
    '\r\n',
    '\r\n'.repeat(9),
    '\t',
    '\r',
    '\b',
    '$ ',
  ),
);

const wide = fc.constantFrom(
  '漢字かな',
  '한국어',
  'ｆｕｌｌ',
  '🙂',
  '👩‍👩‍👧',
  '👍🏽',
  '❤️',
  '🇩🇪',
  'e\u0301',
  '\u0302',
  'o\u0308\u0323',
  '\u200d',
  '\ufe0f',
  'क्षि',
  'مرحبا',
  '\u00ad',
);

const MODES = [
  1, 3, 5, 6, 7, 9, 12, 25, 45, 47, 66, 1000, 1002, 1003, 1004, 1005, 1006, 1015, 1016, 1047, 1048, 1049,
  2004, 2026,
];

const style = fc.oneof(
  fc
    .constantFrom(0, 1, 2, 3, 4, 5, 7, 8, 9, 21, 22, 24, 27, 29, 31, 39, 42, 44, 49, 53, 55, 59, 97, 104)
    .map(String),
  fc.integer({ min: 0, max: 255 }).map((n) => `38;5;${n}`),
  fc.integer({ min: 0, max: 255 }).map((n) => `48;2;${n};0;${255 - n}`),
  fc.integer({ min: 0, max: 5 }).map((n) => `4:${n}`),
  fc.integer({ min: 0, max: 255 }).map((n) => `58:2::${n}:7:9`),
);

const csi = fc.oneof(
  fc.array(style, { minLength: 1, maxLength: 3 }).map((all) => `\x1b[${all.join(';')}m`),
  fc
    .tuple(parameters, fc.constantFrom(...'ABCDEFGHIJKLMPSTXZ@abdefgrsu`'.split('')))
    .map(([p, final]) => `\x1b[${p}${final}`),
  fc
    .tuple(fc.constantFrom(...MODES), fc.constantFrom('h', 'l'))
    .map(([mode, final]) => `\x1b[?${mode}${final}`),
  fc.constantFrom(
    '\x1b[4h',
    '\x1b[4l',
    '\x1b[20h',
    '\x1b[20l',
    '\x1b[!p',
    '\x1b[?J',
    '\x1b[?2K',
    '\x1b[3J',
    '\x1b[2J\x1b[H',
  ),
  fc.integer({ min: 0, max: 7 }).map((n) => `\x1b[${n} q`),
  fc
    .tuple(fc.constantFrom("'}", "'~", ' @', ' A', '$p', '"q', '*x'), parameters)
    .map(([end, p]) => `\x1b[${p}${end}`),
);

const escape = fc.oneof(
  fc.constantFrom(...'78DEHMNOZc=>n|}~o'.split('')).map((final) => `\x1b${final}`),
  fc.constantFrom(
    '\x1b#8',
    '\x1b(0',
    '\x1b(B',
    '\x1b)0',
    '\x1b*A',
    '\x0e',
    '\x0f',
    '\x1b%G',
    '\x84',
    '\u0085',
    '\u008d',
    '\u0088',
  ),
);

const strings = fc.oneof(
  fc
    .tuple(fc.constantFrom('0', '2', '1'), fc.string({ maxLength: 30 }))
    .map(([n, title]) => `\x1b]${n};${title}\x07`),
  fc.webUrl().map((url) => `\x1b]8;id=1;${url}\x1b\\link\x1b]8;;\x1b\\`),
  fc.webUrl().map((url) => `\x1b]8;;${url}\x07here`),
  fc.constantFrom(
    '\x1b]133;A\x07',
    '\x1b]133;B\x07',
    '\x1b]133;C\x07',
    '\x1b]133;D;1\x07',
    '\x1b]4;1;?\x07',
    '\x1b]11;?\x1b\\',
  ),
  fc.string({ maxLength: 20 }).map((data) => `\x1bP1$r${data}\x1b\\`),
  fc.string({ maxLength: 20 }).map((data) => `\x1b_${data}\x1b\\\x1b^${data}\x1b\\\x1bX${data}\x9c`),
);

const screens = fc.constantFrom(
  '\x1b[?1049h\x1b[22;0;0t\x1b[H\x1b[2J',
  '\x1b[?1049l\x1b[23;0;0t',
  '\x1b[?1049h\x1b[1;5r\x1b[?1h\x1b=\x1b[?2004h\x1b[?1000h\x1b[?1006h',
  '\x1b[?1000l\x1b[?1006l\x1b[?2004l\x1b[?1l\x1b>\x1b[r\x1b[?1049l',
  '\x1b[7m-- INSERT --\x1b[0m\x1b[K',
  '\x1b]0;vim\x07\x1b[?25l\x1b[34h\x1b[?25h',
);

/** Something that a program prints in one go. */
const piece = fc.oneof(
  { weight: 8, arbitrary: text },
  { weight: 4, arbitrary: wide },
  { weight: 8, arbitrary: csi },
  { weight: 3, arbitrary: escape },
  { weight: 2, arbitrary: strings },
  { weight: 2, arbitrary: screens },
);

/** A piece as bytes: mostly whole, sometimes broken off, sometimes no text at all. */
export const chunk = fc.oneof(
  { weight: 12, arbitrary: piece.map(bytes) },
  {
    weight: 2,
    arbitrary: fc.tuple(piece, fc.nat()).map(([whole, at]) => {
      const all = bytes(whole);
      return all.subarray(0, all.length === 0 ? 0 : at % all.length);
    }),
  },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 12 }) },
);

/** What a program prints, in the pieces in which it arrives. */
export const output = fc.array(chunk, { maxLength: 60 });

/** A size of a terminal, small enough for streams to fill it. */
export const size: fc.Arbitrary<Size> = fc.record({
  cols: fc.integer({ min: SIZE_LIMITS.minCols, max: 40 }),
  rows: fc.integer({ min: SIZE_LIMITS.minRows, max: 12 }),
});
