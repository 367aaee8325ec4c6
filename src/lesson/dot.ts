/** Draws a graph in Graphviz's language as an SVG that follows the page's theme and font. Knows no pages. */
import { instance, type Viz } from '@viz-js/viz';

/** Bad DOT; `line` is the line of the source, from 1, where Graphviz tells it. */
export class DotFault extends Error {
  override name = 'DotFault';
  readonly line: number | undefined;
  constructor(message: string, line?: number) {
    super(message);
    this.line = line;
  }
}

/** Classes that give a node or an edge a colour of the theme, such as `a [class=accent]`. */
export const CLASSES = ['accent', 'quiet', 'good', 'warn', 'bad', 'info'] as const;

/** User units of the drawing to CSS pixels: letters of 14 become those of the text around. */
const SCALE = 1.18;

/** Colours that mean "as usual": those that Graphviz takes when nothing is said. */
const USUAL: Record<string, string> = {
  black: 'currentcolor',
  none: 'none',
  transparent: 'none',
  white: 'var(--color-page)',
  lightgrey: 'var(--color-sunken)',
};

/** Widest drawing, in its own units, whose smallest letters are 10.5 px and more in the column of a small phone. */
const PHONE_WIDTH = 370;

let viz: Promise<Viz> | undefined;

/**
 * As `drawDot`. Behind a drawing from left to right that is too wide for a phone stands a second, from top to bottom:
 * the styles show the one that the column has room for.
 */
export async function drawForEveryWidth(source: string): Promise<string> {
  const drawing = await drawDot(source);
  const upright = source.replace(/\brankdir\s*=\s*"?LR\b"?/, 'rankdir=TB');
  const width = Number(/viewBox="[\d.]+ [\d.]+ ([\d.]+)/.exec(drawing)?.[1]);
  return upright === source || width <= PHONE_WIDTH ? drawing : drawing + (await drawDot(upright));
}

/** The drawing as one `<svg>`. Rejects with `DotFault`. */
export async function drawDot(source: string): Promise<string> {
  viz ??= instance();
  const result = (await viz).render(source, {
    format: 'svg',
    graphAttributes: {
      ...{ bgcolor: 'transparent', pad: 0.05, nodesep: 0.4, ranksep: 0.45 },
      ...{ style: 'rounded', fontname: 'Helvetica', fontsize: 12, labeljust: 'l' },
    },
    // Helvetica's widths are known to Graphviz and no smaller than those of the page's font.
    nodeAttributes: {
      shape: 'box',
      style: 'rounded',
      fontname: 'Helvetica',
      fontsize: 14,
      height: 0.4,
      margin: '0.16,0.07',
    },
    edgeAttributes: { fontname: 'Helvetica', fontsize: 12, arrowsize: 0.7 },
  });
  const fault = result.errors.find((error) => error.level === 'error') ?? result.errors[0];
  if (result.status === 'failure' || fault) throw toFault(fault?.message ?? 'Graphviz draws nothing');
  return themed(result.output, source);
}

function toFault(message: string): DotFault {
  const line = /in line (\d+)/.exec(message)?.[1];
  const text = message.trim().replace(/ in line \d+/, '');
  return new DotFault(
    `expected a graph in DOT, found: ${text}`,
    line === undefined ? undefined : Number(line),
  );
}

/** The line of the source, from 1, on which a word first stands. */
function lineOf(source: string, word: string): number | undefined {
  const index = source.split('\n').findIndex((line) => line.includes(word));
  return index < 0 ? undefined : index + 1;
}

function themed(output: string, source: string): string {
  const known = new Set<string>(['graph', 'node', 'edge', 'cluster', ...CLASSES]);
  for (const [, classes = ''] of output.matchAll(/ class="([^"]*)"/g)) {
    const unknown = classes.split(' ').find((name) => !known.has(name));
    if (unknown !== undefined) {
      throw new DotFault(
        `class: expected one of ${CLASSES.join(', ')}, found "${unknown}"`,
        lineOf(source, unknown),
      );
    }
  }
  const svg = output
    .slice(output.indexOf('<svg'))
    .replace(/<!--[\s\S]*?-->\s*/g, '')
    .replace(/<title>[\s\S]*?<\/title>\s*/g, '')
    .replace(/ (?:id|font-family|xmlns(?::xlink)?)="[^"]*"/g, '')
    .replace(/ (stroke|fill)="([^"]*)"/g, (_, property: string, colour: string) => {
      const usual = USUAL[colour];
      if (usual === undefined) {
        const classes = CLASSES.join(', ');
        throw new DotFault(
          `expected colours of the theme (class=... with one of ${classes}), found the colour "${colour}"`,
          lineOf(source, colour),
        );
      }
      return ` ${property}="${usual}"`;
    })
    .replace(/<text(?![^>]* fill=)/g, '<text fill="currentcolor"')
    .replace(/^<svg width="(\d+)pt" height="\d+pt"/, (_, width: string) => {
      return `<svg width="${Math.round(Number(width) * SCALE)}"`;
    })
    .replace(/>\s+</g, '><')
    .trim();
  return withNamesOnTop(svg);
}

/** Graphviz draws edges over the names of clusters: those go to the end, above all. */
function withNamesOnTop(svg: string): string {
  const names: string[] = [];
  const rest = svg.replace(
    /<g class="cluster([^"]*)">(.*?)<\/g>/gs,
    (cluster, classes: string, inside: string) => {
      const texts = inside.match(/<text.*?<\/text>/gs) ?? [];
      if (texts.length > 0) names.push(`<g class="name${classes}">${texts.join('')}</g>`);
      return texts.reduce((left: string, text) => left.replace(text, ''), cluster);
    },
  );
  return rest.replace(/<\/g><\/svg>$/, `${names.join('')}</g></svg>`);
}
