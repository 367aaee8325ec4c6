/** Settings of the server: from flags, else from the environment, else a default. The one place that reads either. */
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { DrydockError } from './errors.ts';

const hostName = z.string().regex(/^[\w.:-]+$/, 'a host name or an IP address');
const origin = z.url({ protocol: /^https?$/, error: 'an origin such as https://learn.example.org' });
const list = z
  .string()
  .transform((text) =>
    text
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== ''),
  )
  .pipe(z.array(origin).transform((urls) => urls.map((url) => new URL(url).origin)));

const publicUrl = z
  .string()
  .refine(
    (url) => url === '' || (URL.canParse(url) && /^https?:\/\/[^/?#]+\/?$/i.test(url)),
    'an address without a path, such as https://learn.example.org',
  )
  .transform((url) => (url === '' ? '' : new URL(url).origin));

interface Setting<S extends z.ZodType> {
  /** Without the leading dashes. */
  readonly flag: string;
  readonly env: string;
  readonly fallback: string;
  /** One sentence for the table in the README. */
  readonly about: string;
  /** From the text that was given to the value. */
  readonly schema: S;
}

const setting = <S extends z.ZodType>(definition: Setting<S>): Setting<S> => definition;

/** All settings. The README's table is made of these. */
export const SETTINGS = {
  port: setting({
    flag: 'port',
    env: 'DRYDOCK_PORT',
    fallback: '4321',
    about: 'Port of the site. 0 takes a free one.',
    schema: z.coerce.number('a port from 0 to 65535').int().min(0).max(65_535),
  }),
  host: setting({
    flag: 'host',
    env: 'DRYDOCK_HOST',
    fallback: '127.0.0.1',
    about: 'Address to listen on. `0.0.0.0` lets other machines in: put HTTPS in front.',
    schema: hostName,
  }),
  data: setting({
    flag: 'data',
    env: 'DRYDOCK_DATA',
    fallback: '.drydock',
    about: 'Folder for progress, screens and the key that signs cookies.',
    schema: z.string().min(1, 'a folder'),
  }),
  docker: setting({
    flag: 'docker',
    env: 'DOCKER_HOST',
    fallback: '',
    about: 'Docker or Podman socket, such as `unix:///run/docker.sock`. Empty: the usual places are tried.',
    schema: z.string().regex(/^(|(unix|tcp|https?):\/\/.+)$/, 'an address such as unix:///run/docker.sock'),
  }),
  allowedOrigins: setting({
    flag: 'allowed-origins',
    env: 'DRYDOCK_ALLOWED_ORIGINS',
    fallback: '',
    about: 'Further origins that may use the API, separated by commas, such as `https://learn.example.org`.',
    schema: list,
  }),
  publicUrl: setting({
    flag: 'public-url',
    env: 'DRYDOCK_PUBLIC_URL',
    fallback: '',
    about:
      'Address at which readers find the site, such as `https://learn.example.org`: for previews of links, the sitemap and the feed. Empty: there are none.',
    schema: publicUrl,
  }),
  trustProxy: setting({
    flag: 'trust-proxy',
    env: 'DRYDOCK_TRUST_PROXY',
    fallback: 'false',
    about: '`true` behind a reverse proxy that sets `X-Forwarded-*`.',
    schema: z.enum(['true', 'false'], 'true or false').transform((text) => text === 'true'),
  }),
  maxSandboxes: setting({
    flag: 'max-sandboxes',
    env: 'DRYDOCK_MAX_SANDBOXES',
    fallback: '40',
    about: 'Sandboxes that learners may have at once, all together.',
    schema: z.coerce.number('a whole number').int().min(1).max(10_000),
  }),
  maxSandboxesPerLearner: setting({
    flag: 'max-sandboxes-per-learner',
    env: 'DRYDOCK_MAX_SANDBOXES_PER_LEARNER',
    fallback: '3',
    about: 'Sandboxes that one learner may have at once.',
    schema: z.coerce.number('a whole number').int().min(1).max(100),
  }),
  logLevel: setting({
    flag: 'log-level',
    env: 'DRYDOCK_LOG_LEVEL',
    fallback: 'info',
    about: '`debug`, `info`, `warn`, `error` or `silent`.',
    schema: z.enum(['debug', 'info', 'warn', 'error', 'silent'], 'debug, info, warn, error or silent'),
  }),
} as const;

export type Config = {
  readonly [Name in keyof typeof SETTINGS]: z.output<(typeof SETTINGS)[Name]['schema']>;
};

/** Reads all settings. Throws `invalid` naming the flag or variable, what was expected and what was found. */
export function readConfig(args: readonly string[], env: NodeJS.ProcessEnv): Config {
  const flags = readFlags(args);
  const read = Object.entries(SETTINGS).map(([name, definition]) => {
    const fromFlag = flags[definition.flag];
    const given = fromFlag ?? env[definition.env];
    const result = definition.schema.safeParse(given ?? definition.fallback);
    if (result.success) return [name, result.data];
    const source = fromFlag === undefined ? definition.env : `--${definition.flag}`;
    const expected = result.error.issues.map((issue) => issue.message).join('; ');
    throw new DrydockError('invalid', `${source}: expected ${expected}, found "${given}"`);
  });
  return Object.fromEntries(read) as Config;
}

function readFlags(args: readonly string[]): Record<string, string | undefined> {
  const options = Object.fromEntries(
    Object.values(SETTINGS).map(({ flag }) => [flag, { type: 'string' as const }]),
  );
  try {
    return parseArgs({ args: [...args], options, strict: true }).values;
  } catch (error) {
    const known = Object.values(SETTINGS).map(({ flag }) => `--${flag}`);
    const found = error instanceof Error ? error.message.replace(/\. To specify.*$/s, '') : String(error);
    throw new DrydockError('invalid', `expected only ${known.join(', ')}; found: ${found}`);
  }
}

/** The README's table of settings, as Markdown. */
export function settingsTable(): string {
  const rows = Object.values(SETTINGS).map(
    ({ flag, env, fallback, about }) =>
      `| \`--${flag}\` | \`${env}\` | ${fallback === '' ? '' : `\`${fallback}\``} | ${about} |`,
  );
  return ['| Flag | Variable | Default | Meaning |', '| --- | --- | --- | --- |', ...rows].join('\n');
}
