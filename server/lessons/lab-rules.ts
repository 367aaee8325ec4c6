/** The rules for labs that a schema cannot tell: places of folders and the seccomp profile. Builds and starts nothing. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { Lab } from '../../protocol/lab.ts';
import type { Problem } from './problem.ts';
import type { Locate } from './read-yaml.ts';

/** A `lab.yaml` that fits the schema. */
export interface ReadLab {
  readonly folder: string;
  /** The path of its `lab.yaml` as the author would type it. */
  readonly file: string;
  readonly settings: Lab;
  readonly at: Locate;
}

/** Places that belong to the kernel, or to the memory of the sandbox: no volume can be there. */
const TAKEN = ['/proc', '/sys', '/dev', '/run', '/var/run', '/tmp'];

/**
 * Calls that act on the whole host. Capabilities forbid them as well; a profile that allows them outright is a mistake,
 * or a trick.
 */
const HOST_CALLS = new Set([
  ...[
    'init_module',
    'finit_module',
    'delete_module',
    'kexec_load',
    'kexec_file_load',
    'bpf',
    'perf_event_open',
  ],
  ...[
    'open_by_handle_at',
    'iopl',
    'ioperm',
    'reboot',
    'swapon',
    'swapoff',
    'settimeofday',
    'clock_settime',
    'acct',
  ],
]);

const profileSchema = z.looseObject({
  defaultAction: z.string(),
  syscalls: z
    .array(
      z.looseObject({
        name: z.string().optional(),
        names: z.array(z.string()).optional(),
        action: z.string(),
        includes: z.looseObject({ caps: z.array(z.string()).nullish() }).nullish(),
      }),
    )
    .nullish(),
});
type Profile = z.output<typeof profileSchema>;

/** Everything in which a lab breaks the rules. */
export function labProblems(lab: ReadLab): Problem[] {
  return [...folderProblems(lab), ...privilegeProblems(lab), ...profileProblems(lab)];
}

function folderProblems({ settings, file, at }: ReadLab): Problem[] {
  const folders = [
    { place: ['home'] as PropertyKey[], folder: settings.home },
    ...settings.volumes.map((folder, index) => ({ place: ['volumes', index] as PropertyKey[], folder })),
  ];
  return folders.flatMap(({ place, folder }, index) => {
    const problem = (expected: string, found = `"${folder}"`): Problem => {
      return { file, ...at(place), field: place.join('.'), expected, found };
    };
    if (folder.split('/').some((part) => part === '.' || part === '..')) {
      return [problem('a path without "." and ".."')];
    }
    const taken = TAKEN.find((one) => isWithin(folder, one));
    if (taken !== undefined) return [problem(`a folder outside ${taken}`)];
    const other = folders
      .slice(0, index)
      .find((one) => isWithin(folder, one.folder) || isWithin(one.folder, folder));
    if (other === undefined) return [];
    return [problem(`a folder apart from ${other.place.join('.')}`, `"${folder}" beside "${other.folder}"`)];
  });
}

function isWithin(folder: string, parent: string): boolean {
  return folder === parent || folder.startsWith(`${parent}/`);
}

function privilegeProblems({ settings, file, at }: ReadLab): Problem[] {
  const { userNamespaces, seccomp } = settings.privileges;
  if (!userNamespaces || seccomp !== undefined) return [];
  const place = ['privileges', 'userNamespaces'];
  const expected = 'a seccomp profile beside it, since the engine’s own forbids user namespaces';
  return [{ file, ...at(place), field: place.join('.'), expected, found: 'no privileges.seccomp' }];
}

function profileProblems({ settings, folder, file, at }: ReadLab): Problem[] {
  const name = settings.privileges.seccomp;
  if (name === undefined) return [];
  const profileFile = path.join(folder, name);
  if (!existsSync(profileFile)) {
    const place = ['privileges', 'seccomp'];
    return [
      {
        file,
        ...at(place),
        field: place.join('.'),
        expected: `a file ${name} beside lab.yaml`,
        found: 'none',
      },
    ];
  }
  const problem = (field: string, expected: string, found: string): Problem => {
    return { file: path.join(path.dirname(file), name), line: 1, column: 1, field, expected, found };
  };
  let data: unknown;
  try {
    data = JSON.parse(readFileSync(profileFile, 'utf8'));
  } catch (error) {
    return [problem('', 'valid JSON', error instanceof Error ? error.message : String(error))];
  }
  const parsed = profileSchema.safeParse(data);
  if (parsed.success) return looseProfile(parsed.data, problem);
  return parsed.error.issues.map((issue) =>
    problem(issue.path.join('.'), 'a seccomp profile in the form that Docker reads', issue.message),
  );
}

/** In what a profile allows more than a lab may have. */
function looseProfile(
  { defaultAction, syscalls }: Profile,
  problem: (field: string, expected: string, found: string) => Problem,
): Problem[] {
  const problems: Problem[] = [];
  if (!/^SCMP_ACT_(ERRNO|KILL|KILL_THREAD|KILL_PROCESS)$/.test(defaultAction)) {
    problems.push(
      problem('defaultAction', 'SCMP_ACT_ERRNO: what is not named is refused', `"${defaultAction}"`),
    );
  }
  for (const [index, entry] of (syscalls ?? []).entries()) {
    // An entry for a capability that no lab can have is never in force.
    if (entry.action !== 'SCMP_ACT_ALLOW' || (entry.includes?.caps ?? []).length > 0) continue;
    const names = [...(entry.names ?? []), ...(entry.name === undefined ? [] : [entry.name])];
    for (const name of names.filter((one) => HOST_CALLS.has(one))) {
      problems.push(problem(`syscalls.${index}.names`, 'no call that acts on the whole host', `"${name}"`));
    }
  }
  return problems;
}
