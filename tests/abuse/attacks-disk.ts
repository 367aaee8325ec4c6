/** Writing without end, in each lab the way that it offers. */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Attack } from './attack.ts';
import { processesOf } from './host.ts';

/** Milliseconds until the writer has to be gone, on a slow disk. */
const ENDED_MS = 90_000;

/** What writes, and where to: pieces of 40 MB, since one file alone meets the limit for files first. */
const WRITERS: Readonly<Record<string, { what: string; script: string }>> = {
  python: {
    what: 'a shell that writes to the home folder',
    script: 'for ((n = 0; ; n++)); do head -c 40M /dev/zero >file$n; done',
  },
  docker: {
    what: 'a nested container that writes to a volume of its own',
    script: `docker run --rm --volume hole:/hole busybox sh -c '
      n=0; while :; do dd if=/dev/zero of=/hole/$n bs=1M count=40 2>/dev/null; n=$((n + 1)); done'`,
  },
  vm: {
    what: 'disks of machines that are filled',
    script: `for ((n = 0; ; n++)); do
        qemu-img create -q -f raw disk$n.img 40M && dd if=/dev/zero of=disk$n.img bs=1M count=40 conv=notrunc status=none
      done`,
  },
};

export const DISK_ATTACKS: readonly Attack[] = Object.entries(WRITERS).map(([lab, { what, script }]) => ({
  name: `an endless writer is ended with a message, and its disk space comes back: ${what}`,
  labs: [lab],
  spoils: true,
  attack: async (scene, { diskMb }) => {
    const old = scene.container;
    scene.run(script, ENDED_MS).catch(() => undefined);
    const deadline = Date.now() + ENDED_MS;
    let now = await scene.attacker.state(scene.id);
    for (; now.state === 'ready'; now = await scene.attacker.state(scene.id)) {
      assert.ok(Date.now() < deadline, 'the endless writer still writes');
      await scene.assertNeighbourGoesOn();
      await sleep(100);
    }
    assert.equal(now.state, 'ended');
    assert.match(now.reason ?? '', new RegExp(`wrote more than its limit of ${diskMb} MB`));
    while (processesOf(old).length > 0) {
      assert.ok(Date.now() < deadline, 'the sandbox that was ended still has processes');
      await sleep(100);
    }
  },
}));
