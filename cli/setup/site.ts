/** Builds the site when anything that it is made of has changed. */
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { runCommand } from './command.ts';
import { indexSite } from './search-index.ts';

const INPUTS = [
  'src/**/*',
  'lessons/**/*',
  'protocol/*.ts',
  'public/**/*',
  'server/lessons/*.ts',
  'labs/*/lab.yaml',
  'cli/setup/search-index.ts',
  'astro.config.mjs',
  'package-lock.json',
  'cli/setup/site.ts',
];
const COMPRESSED = new Set(['.html', '.css', '.js', '.svg', '.xml', '.json', '.txt']);

/**
 * Folder of the built site. `publicUrl`: the origin for absolute links; empty where there is none. Rejects with the
 * build's own message, such as the faults of a lesson.
 */
export async function ensureSite(root: string, say: (line: string) => void, publicUrl = ''): Promise<string> {
  const site = path.join(root, 'dist');
  const stamp = path.join(site, '.drydock-build');
  const wanted = hashOf(root, publicUrl);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return site;
  const astro = path.join(root, 'node_modules', 'astro', 'bin', 'astro.mjs');
  await runCommand([process.execPath, astro, 'build'], {
    cwd: root,
    env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1', NO_COLOR: '1', DRYDOCK_PUBLIC_URL: publicUrl },
    timeoutMs: 300_000,
    onLine: (line) => {
      const page = /[├└]─ (\/\S*)/.exec(line);
      if (page) say(`page ${page[1]}`);
    },
  });
  await indexSite(site);
  compress(site);
  writeFileSync(stamp, wanted);
  return site;
}

function hashOf(root: string, publicUrl: string): string {
  const hash = createHash('sha256').update(`${publicUrl}\0`);
  const files = globSync(INPUTS, { cwd: root, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .toSorted();
  for (const file of files)
    hash
      .update(`${path.relative(root, file)}\0`)
      .update(readFileSync(file))
      .update('\0');
  return hash.digest('hex');
}

/** Lays a Brotli and a gzip form beside each text file, so that the server never compresses while it serves. */
function compress(site: string): void {
  for (const name of globSync('**/*', { cwd: site })) {
    if (!COMPRESSED.has(path.extname(name))) continue;
    const file = path.join(site, name);
    const text = readFileSync(file);
    // The best takes ten times as long, which only what stands before every lesson is worth.
    const quality = /\.(css|js)$/.test(name) ? 11 : 9;
    writeFileSync(
      `${file}.br`,
      brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } }),
    );
    writeFileSync(`${file}.gz`, gzipSync(text, { level: 9 }));
  }
}
