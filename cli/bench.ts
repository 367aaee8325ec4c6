/**
 * `npm run bench`: measures Drydock against plain Docker on this machine, prints a table and writes
 * `test-results/bench.json` and `bench.md`. Words after it keep the rows whose lab is one of them or whose name contains
 * one. Ends with 1 where a row failed or missed its bar.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { dockerBuild } from '../tests/bench/builds.ts';
import { keystrokeInCrowd } from '../tests/bench/crowd.ts';
import { figuresOf, type Figure, type Row } from '../tests/bench/figure.ts';
import { idleTerminals } from '../tests/bench/memory.ts';
import { keystrokeDrawn } from '../tests/bench/page-keys.ts';
import { interrupt, pageFlood } from '../tests/bench/page-output.ts';
import { clickToPrompt, reload, weight } from '../tests/bench/page-starts.ts';
import { coldStart, idleMemory, warmClaim, warmClaimWithFiles } from '../tests/bench/starts.ts';
import { holds, markdown, table } from '../tests/bench/table.ts';
import { flood, keystrokeAtSocket, serverWork } from '../tests/bench/terminals.ts';
import { BenchWorld, docker, hasDockerClient, LABS } from '../tests/bench/world.ts';
import { exitWithMessage } from './exit.ts';
import { ensureChromium } from './setup/chromium.ts';
import { ensureDocker } from './setup/docker.ts';

const root = path.dirname(import.meta.dirname);
const wanted = process.argv.slice(2);
let machine = '';

try {
  await ensureDocker((line) => console.log(line));
  process.env['CHROMIUM_PATH'] = await ensureChromium((line) => console.log(line));
  if (!hasDockerClient()) throw new Error('The bench compares with the Docker client; please install it.');
  machine = await describeMachine();
  console.log(`${machine}\n`);
  const figures = await measure();
  console.log(`\n${table(figures)}\n`);
  process.exitCode = figures.every(holds) ? 0 : 1;
} catch (error) {
  exitWithMessage(error);
}

async function measure(): Promise<Figure[]> {
  const world = await BenchWorld.open();
  const interrupted = (): void => void world.close().finally(() => process.exit(130));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, interrupted);
  const all: Figure[] = [];
  try {
    for (const row of rowsOf(world)) {
      process.stdout.write(`${row.lab}: ${row.figures[0]?.name} ... `);
      const { figures, late } = await figuresOf(row);
      all.push(...figures);
      console.log(figures.map(({ failed, skipped, detail }) => failed ?? skipped ?? detail).join('; '));
      // It may go on behind our back, and must not meet the next ones.
      if (late) await world.clear();
      write(all);
    }
  } finally {
    await world.close();
  }
  return all;
}

/** The servers of labs that are through are ended by the rows of cold starts, which come after the others. */
function rowsOf(world: BenchWorld): Row[] {
  const rows = [
    weight(world),
    clickToPrompt(world),
    reload(world),
    keystrokeDrawn(world),
    pageFlood(world),
    interrupt(world),
    keystrokeInCrowd(world),
    idleTerminals(world),
    keystrokeAtSocket(world),
    flood(world),
    serverWork(world),
    ...LABS.flatMap((lab) => [
      warmClaim(world, lab),
      warmClaimWithFiles(world, lab),
      coldStart(world, lab),
      idleMemory(world, lab),
    ]),
    dockerBuild(world),
  ];
  if (wanted.length === 0) return rows;
  return rows.filter(({ lab, figures }) =>
    wanted.some((word) => lab === word || figures.some(({ name }) => name.includes(word))),
  );
}

function write(figures: readonly Figure[]): void {
  const folder = path.join(root, 'test-results');
  mkdirSync(folder, { recursive: true });
  const result = { date: new Date().toISOString(), machine, figures };
  writeFileSync(path.join(folder, 'bench.json'), `${JSON.stringify(result, null, 2)}\n`);
  writeFileSync(path.join(folder, 'bench.md'), `${result.date}; ${machine}\n\n${markdown(figures)}\n`);
}

async function describeMachine(): Promise<string> {
  const cpus = os.cpus();
  const engine = await docker('version', '--format', '{{.Server.Version}}');
  const memory = Math.round(os.totalmem() / 1024 ** 3);
  return `${cpus.length} × ${cpus[0]?.model ?? 'processor'}, ${memory} GB, Linux ${os.release()}, Docker ${engine}`;
}
