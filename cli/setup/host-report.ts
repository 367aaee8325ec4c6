/** Tells a person what a host can run, as plain text in aligned columns. Asks nobody. */
import type { HostReport, LabReport } from './host.ts';

/** The whole report. Ends with one sentence that sums it up. */
export function formatHostReport(report: HostReport): string {
  const { labs } = report;
  const header = ['Lab', 'Image', 'Memory', 'Warm', 'Runs here'];
  const rows = labs.map((lab) => [
    lab.name,
    lab.built ? 'built' : 'not built yet',
    `${lab.memoryMb} MB`,
    `${lab.warm}`,
    lab.lacks.length === 0 ? 'yes' : 'no',
  ]);
  const unable = labs.filter((lab) => lab.lacks.length > 0);
  const sum =
    unable.length === 0
      ? 'All labs can run on this host.'
      : `${unable.length} of ${labs.length} labs cannot run on this host.`;
  return [table(hostRows(report)), table([header, ...rows]), ...unable.map(explain), sum].join('\n\n');
}

function hostRows({ address, facts, hub }: HostReport): string[][] {
  const engine = facts.engine === 'docker' ? 'Docker' : 'Podman';
  return [
    ['Engine', `${engine} ${facts.version} at ${address}`],
    ['Storage driver', facts.storageDriver],
    ['Cgroups', `version ${facts.cgroupVersion}`],
    ['Security', facts.security.join(', ') || 'nothing'],
    ['Machine', `${facts.cpus} processors, ${facts.memoryMb} MB of memory`],
    ['User namespaces', namespaces(facts.kernel)],
    ['Docker Hub', HUB[`${hub}`]],
  ];
}

const HUB = {
  true: 'answers',
  false: "does not answer; images are made from Debian's packages",
  undefined: 'not known, this engine cannot tell',
};

function namespaces(kernel: HostReport['facts']['kernel']): string {
  if (kernel === undefined) return 'not known, the engine runs on another kernel';
  const { maxUserNamespaces: most, unprivilegedUserNamespaces, apparmorRestrictsUserNamespaces } = kernel;
  if (most === undefined) return 'the kernel has none';
  if (most === 0 || unprivilegedUserNamespaces === 0) return 'for root only';
  return apparmorRestrictsUserNamespaces === 1 ? 'without rights, by AppArmor' : `allowed, ${most} at most`;
}

function explain({ name, lacks }: LabReport): string {
  const lines = lacks.flatMap(({ missing, mend }) => [`  ${missing}`, `    ${mend}`]);
  return [`Why ${name} does not run:`, ...lines].join('\n');
}

/** Rows in columns as wide as their widest cell. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('   ')
        .trimEnd(),
    )
    .join('\n');
}
