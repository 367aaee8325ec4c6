/** What a learner may try, as a table over labs. Each leaves the judgement of the host to its scene. */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Attack } from './attack.ts';
import { DISK_ATTACKS } from './attacks-disk.ts';
import { NEIGHBOUR_ATTACKS } from './attacks-neighbour.ts';
import { hostMountsAndModules, memoryOfContainer, processesOf, residentMb } from './host.ts';

/** A name that no host has. */
const MARK = 'drydock-abuse';
/** Files of the kernel; writing to any of them would change the whole host. Values that do little harm if they can. */
const KERNEL_FILES = [
  '/proc/sys/kernel/panic',
  '/proc/sys/kernel/core_pattern',
  '/proc/sys/kernel/modprobe',
  '/proc/sys/vm/drop_caches',
  '/proc/sysrq-trigger',
  '/sys/kernel/uevent_helper',
  '/sys/kernel/mm/transparent_hugepage/enabled',
];
const WRITE_KERNEL = `for file in ${KERNEL_FILES.join(' ')}; do
  (echo 1 > $file) 2>/dev/null && echo "wrote $file"
done; true`;

/** What a container inside the sandbox may be given. */
const NESTED_RIGHTS = [
  '--network host',
  '--pid host --volume /:/outer',
  '--cap-add ALL --security-opt seccomp=unconfined',
  '--privileged',
  '--privileged --pid host --network host --volume /:/outer',
];

/** System calls that change the kernel itself: init_module, finit_module, delete_module, kexec_load, by machine. */
const KERNEL_CALLS = `
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
calls = {'x86_64': (175, 313, 176, 246), 'aarch64': (105, 273, 106, 104)}[os.uname().machine]
for call in calls:
    if libc.syscall(call, 0, 0, 0, 0) != -1: print('call', call, 'succeeded')
    elif ctypes.get_errno() not in (1, 38): print('call', call, 'got as far as error', ctypes.get_errno())
`;

export const ATTACKS: readonly Attack[] = [
  {
    name: 'ten thousand files are allowed and harm nobody',
    attack: async (scene) => {
      const made = await scene.run(
        'mkdir many && cd many && for ((n = 0; n < 10000; n++)); do : > $n; done; ls | wc -l',
      );
      assert.equal(made.stdout.trim(), '10000', made.stderr);
      await scene.run('rm -r many');
    },
  },
  {
    name: 'writing to /proc/sys and /sys fails',
    attack: async (scene) => {
      assert.equal((await scene.run(WRITE_KERNEL)).stdout, '');
      const asFakeRoot = await scene.run(`unshare --user --map-root-user bash -c '${WRITE_KERNEL}'`);
      assert.equal(asFakeRoot.stdout, '');
    },
  },
  {
    name: 'mounting and making devices changes nothing on the host',
    attack: async (scene) => {
      const script = `mount -t tmpfs ${MARK} /mnt; mount -t proc ${MARK} /proc; mount --bind / /mnt
        mount -o remount,rw / && touch /${MARK} && echo 'the root can be written'
        for how in '' 'unshare -Urm'; do $how mknod disk b 8 0 && echo 'made a device'; done
        unshare -Urm mount -t tmpfs ${MARK} /mnt; true`;
      assert.equal((await scene.run(script)).stdout, '');
      assert.ok(!hostMountsAndModules().includes(MARK));
    },
  },
  {
    name: 'loading modules and replacing the kernel fails',
    attack: async (scene) => {
      const before = /^dummy /m.test(hostMountsAndModules());
      const calls = await scene.run(
        `python3 -c "${KERNEL_CALLS}"; modprobe dummy; insmod /boot/dummy.ko; true`,
      );
      assert.equal(calls.stdout, '', calls.stderr);
      assert.equal(/^dummy /m.test(hostMountsAndModules()), before);
    },
  },
  {
    name: 'nobody becomes root',
    attack: async (scene) => {
      // Whatever works leaves a process behind, which the host then looks at.
      const script = `sleep='sleep 20'
        su -c "$sleep" </dev/null & sudo -n $sleep & pkexec $sleep </dev/null &
        unshare -Ur $sleep & unshare -U $sleep & victim=$!
        sleep 0.3; newuidmap $victim 0 0 1; newuidmap $victim 0 0 65536; newgidmap $victim 0 0 1
        python3 -c 'import os, time; os.setuid(0); time.sleep(20)' &
        for file in $(find / -xdev -perm /6000 -type f 2>/dev/null); do echo "$file"; done
        grep NoNewPrivs /proc/self/status; sleep 1; true`;
      const found = (await scene.run(`{ ${script}\n} & wait $!`, 3000)).stdout;
      const setuid = found.split('\n').filter((line) => line.startsWith('/'));
      const useless = /NoNewPrivs:\s+1/.test(found);
      assert.ok(useless || setuid.length === 0, `setuid programs that work: ${setuid.join(' ')}`);
      scene.assertNobodyIsRoot();
    },
  },
  {
    name: 'the host’s addresses and the metadata address are out of reach',
    attack: async (scene) => {
      const targets = [...scene.addresses.map((address) => `${address}/${scene.port}`), '169.254.169.254/80'];
      const script = `for target in ${targets.join(' ')}; do
        timeout 2 bash -c "exec 3<>/dev/tcp/$target" 2>/dev/null && echo "reached $target"
      done; ls /sys/class/net | grep -v -e lo -e docker -e br-; true`;
      assert.equal((await scene.run(script, 30_000)).stdout, '');
    },
  },
  {
    name: 'a memory hog ends, its sandbox goes on',
    attack: async (scene, { memoryMb }) => {
      const hog = await scene.run('head -c 20G /dev/zero | tail -c 19G | wc -c', 60_000);
      assert.ok(!hog.timedOut);
      assert.notEqual(hog.stdout.trim(), `${19 * 1024 ** 3}`);
      const { peak } = memoryOfContainer(scene.container);
      assert.ok(peak <= memoryMb + 1, `expected at most ${memoryMb} MB, found ${peak}`);
    },
  },
  {
    name: 'endless output that nobody reads fills no memory of the server',
    attack: async (scene) => {
      const deaf = scene.attacker.look(scene.id);
      await deaf.until((text) => text !== '', 'the screen');
      // Programs of another attack may have written into the line.
      deaf.type('\u0003');
      await deaf.prompt();
      const before = residentMb(scene.server.pid);
      deaf.acknowledges = false;
      deaf.type('yes\r');
      await sleep(3000);
      assert.ok(deaf.received < 1024 * 1024, `${deaf.received} bytes were sent to somebody who read none`);
      const grown = residentMb(scene.server.pid) - before;
      assert.ok(grown < 80, `the server grew by ${grown} MB`);
      deaf.close();
      const other = scene.attacker.look(scene.id);
      await other.until((text) => text.includes('y'), 'the output');
      other.type('\u0003');
      await other.prompt();
      other.close();
    },
  },
  {
    name: 'a fork bomb stays within its limit of processes',
    spoils: true,
    attack: async (scene, { pids }) => {
      const bomb = scene.run('bomb() { bomb | bomb & }; bomb; sleep 30', 4000).catch(() => undefined);
      for (let look = 0; look < 3; look++) {
        await sleep(800);
        const count = processesOf(scene.container).length;
        assert.ok(count <= pids, `expected at most ${pids} processes, found ${count}`);
        await scene.assertAllWell();
      }
      await bomb;
    },
  },
  {
    name: 'killing everything ends no more than the attacker’s own sandbox',
    spoils: true,
    attack: async (scene) => {
      await scene.run('kill -9 -1').catch(() => undefined);
      const { state } = await scene.attacker.state(scene.id);
      assert.ok(state === 'ready' || state === 'ended', state);
    },
  },
  {
    name: 'nested containers with all rights reach the sandbox, never the host',
    labs: ['docker'],
    attack: async (scene) => {
      const inner = `cat /proc/[0-9]*/cmdline | tr '\\0' ' ' | grep -c '[s]erve.ts'
        ${WRITE_KERNEL}
        for address in ${[...scene.addresses, '169.254.169.254'].join(' ')}; do
          nc -w 2 $address ${scene.port} </dev/null >/dev/null 2>&1 && echo reached $address
        done
        mkdir -p /outer/tmp; mknod /outer/tmp/disk b 8 0 2>/dev/null && echo 'made a device'
        mount -t tmpfs ${MARK} /mnt 2>/dev/null; true`;
      const command = inner.replaceAll("'", `'\\''`);
      for (const rights of NESTED_RIGHTS) {
        const { stdout, stderr } = await scene.run(
          `docker run --rm ${rights} busybox sh -c '${command}'`,
          60_000,
        );
        // Not even started is as good; ordinary rights show that it is not for another reason.
        const refused =
          stdout === '' && /operation not permitted/i.test(stderr) && rights.includes('privileged');
        assert.ok(refused || stdout === '0\n', `${rights}: ${stdout}${stderr}`);
        assert.ok(!hostMountsAndModules().includes(MARK));
      }
    },
  },
  {
    name: 'the inner Docker daemon comes back when it was killed',
    labs: ['docker'],
    attack: async (scene) => {
      const script = `pkill -9 dockerd || kill -9 $(pidof dockerd); sleep 1
        for ((n = 0; n < 60; n++)); do docker version >/dev/null 2>&1 && echo 'back' && break; sleep 0.5; done`;
      assert.equal((await scene.run(script, 45_000)).stdout, 'back\n');
    },
  },
  ...NEIGHBOUR_ATTACKS,
  ...DISK_ATTACKS,
];
