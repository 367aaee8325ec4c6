/**
 * The first step of every npm script: makes sure that the packages of the lock file are installed, then runs
 * `cli/<command>.ts` with the Node that they contain. The only plain JavaScript of the project, because it runs before
 * there is anything to run TypeScript with: any Node from 20 on will do.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

const root = path.dirname(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname));
const modules = path.join(root, 'node_modules');
const stamp = path.join(modules, '.drydock-installed');

const [command = '', ...args] = process.argv.slice(2);
installPackages();
run(nodeOfThePackages(), [path.join(root, 'cli', `${command}.ts`), ...args]);

/** Runs `npm ci` unless the installed packages are those of the lock file. */
function installPackages() {
  const wanted = createHash('sha256')
    .update(readFileSync(path.join(root, 'package-lock.json')))
    .update(`${process.platform} ${process.arch}`)
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  console.log('Installing packages (npm ci) ...');
  // `npm run` hands its own settings on as variables; those that name its script would confuse the inner npm.
  const result = spawnSync('npm', ['ci', '--no-progress', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (result.status !== 0) {
    console.error(
      `npm ci failed${result.error ? `: ${result.error.message}` : ''}. Its message stands above.`,
    );
    process.exit(1);
  }
  writeFileSync(stamp, wanted);
}

/** Path of a Node that runs TypeScript: from the packages, else the one that runs this. */
function nodeOfThePackages() {
  const packaged = path.join(modules, `node-${process.platform}-${process.arch}`, 'bin', 'node');
  if (existsSync(packaged)) return packaged;
  const major = Number(process.versions.node.split('.')[0]);
  if (major >= 24) return process.execPath;
  console.error(
    `Drydock needs Node 24 or newer on ${process.platform} ${process.arch}, found ${process.version}. Please install it and try again.`,
  );
  process.exit(1);
}

/** Runs a program in place of this one: same streams, signals passed on, same exit code. */
function run(node, argv) {
  const child = spawn(node, argv, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH ?? ''}` },
  });
  // From a terminal Ctrl-C reaches the child by itself; sent to this process alone it must be passed on.
  process.on('SIGINT', () => {
    if (!process.stdin.isTTY) child.kill('SIGINT');
  });
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  process.on('SIGHUP', () => child.kill('SIGHUP'));
  child.on('error', (error) => {
    console.error(`Could not start ${node}: ${error.message}`);
    process.exit(1);
  });
  child.on('exit', (code, signal) =>
    process.exit(signal === null ? (code ?? 1) : 128 + (signal === 'SIGINT' ? 2 : 15)),
  );
}
