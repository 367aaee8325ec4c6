/**
 * `npm run bench`: measures Drydock against plain Docker on this machine, prints a table and writes
 * `test-results/bench.json`. Words after it keep the rows whose lab or name contains one of them.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { dockerBuild } from '../tests/bench/builds.ts';
import { figureOf, table, type Figure, type Row } from '../tests/bench/figure.ts';
import { coldStart, idleMemory, warmClaim, warmClaimWithFiles } from '../tests/bench/starts.ts';
import { flood, keystrokeEcho, serverWork } from '../tests/bench/terminals.ts';
import { BenchWorld, docker, hasDockerClient, LABS } from '../tests/bench/world.ts';
import { exitWithMessage } from './exit.ts';
import { ensureDocker } from './setup/docker.ts';

const root = path.dirname(import.meta.dirname);
const wanted = process.argv.slice(2);

try {
  await ensureDocker((line) => console.log(line));
  if (!hasDockerClient()) throw new Error('The bench compares with the Docker client; please install it.');
  const machine = await describeMachine();
  console.log(`${machine}\n`);
  const figures = await measure();
  const folder = path.join(root, 'test-results');
  mkdirSync(folder, { recursive: true });
  const result = { date: new Date().toISOString(), machine, figures };
  writeFileSync(path.join(folder, 'bench.json'), `${JSON.stringify(result, null, 2)}\n`);
  console.log(`\n${table(figures)}\n`);
  process.exitCode = figures.some(({ failed }) => failed !== undefined) ? 1 : 0;
} catch (error) {
  exitWithMessage(error);
}

async function measure(): Promise<Figure[]> {
  const world = await BenchWorld.open();
  const figures: Figure[] = [];
  try {
    for (const row of rowsOf(world)) {
      process.stdout.write(`${row.lab}: ${row.name} ... `);
      const figure = await figureOf(row);
      figures.push(figure);
      console.log(figure.failed ?? figure.skipped ?? figure.detail);
    }
  } finally {
    await world.close();
  }
  return figures;
}

/** The servers of labs that are through are ended by the rows of cold starts, which come after the others. */
function rowsOf(world: BenchWorld): Row[] {
  const rows = [
    keystrokeEcho(world),
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
  return rows.filter(({ lab, name }) => wanted.some((word) => lab === word || name.includes(word)));
}

async function describeMachine(): Promise<string> {
  const cpus = os.cpus();
  const engine = await docker('version', '--format', '{{.Server.Version}}');
  const memory = Math.round(os.totalmem() / 1024 ** 3);
  return `${cpus.length} × ${cpus[0]?.model ?? 'processor'}, ${memory} GB, Linux ${os.release()}, Docker ${engine}`;
}
