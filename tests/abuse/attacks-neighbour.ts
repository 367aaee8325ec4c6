/** Reaching another learner's sandbox over whatever programs can talk through. */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunResult } from '../../server/sandbox/engine.ts';
import type { Attack } from './attack.ts';

const MARK = 'drydock-neighbour';
const PORT = 8765;
const KEY = 0x0d_0c;
/** Tries until the neighbour's program listens, and what one try may take. */
const TRIES = 40;
const TRY_MS = 20_000;

/** The neighbour: listens on every address, on an abstract socket, and leaves memory for everybody. */
const OFFER = `
import ctypes, socket, threading
ctypes.CDLL(None).shmget(${KEY}, 4096, 0o1666)
open('/dev/shm/${MARK}', 'w').close()
datagrams = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
datagrams.bind(('0.0.0.0', ${PORT}))
hidden = socket.socket(socket.AF_UNIX)
hidden.bind('\\0${MARK}')
hidden.listen()
def greet(listener):
    while True:
        listener.accept()[0].sendall(b'${MARK}')
for listener in (hidden, socket.create_server(('0.0.0.0', ${PORT}))):
    threading.Thread(target=greet, args=(listener,)).start()
while True:
    datagrams.sendto(b'${MARK}', datagrams.recvfrom(100)[1])
`;

/** Prints every way on which the neighbour's program answers. The arguments are the addresses to try. */
const REACH = `
import ctypes, os, socket, sys
def answers(kind, family, address):
    with socket.socket(family, kind) as mine:
        mine.settimeout(1)
        try:
            mine.connect(address)
            if kind == socket.SOCK_DGRAM: mine.send(b'?')
            return mine.recv(100) == b'${MARK}'
        except OSError:
            return False
for address in sys.argv[1:]:
    if answers(socket.SOCK_STREAM, socket.AF_INET, (address, ${PORT})): print('tcp', address)
    if answers(socket.SOCK_DGRAM, socket.AF_INET, (address, ${PORT})): print('udp', address)
if answers(socket.SOCK_STREAM, socket.AF_UNIX, '\\0${MARK}'): print('abstract socket')
if '${MARK}' in open('/proc/net/unix').read(): print('list of sockets')
if ctypes.CDLL(None).shmget(${KEY}, 4096, 0) != -1: print('shared memory')
if os.path.exists('/dev/shm/${MARK}'): print('file in memory')
`;

/** Addresses of whoever runs it, one a line. */
const ADDRESSES = `
import re
found = re.findall(r'\\|-- (\\S+)\\n\\s+/32 host LOCAL', open('/proc/net/fib_trie').read())
print('\\n'.join(sorted({'127.0.0.1', *found})))
`;

/** Where Python runs: beside the shell, and in lab "docker" also in a container that may do everything there. */
const PLACES: Readonly<Record<string, readonly string[]>> = {
  docker: ['python3', 'docker run --rm -i --privileged --network host --ipc host python:3.11-slim python3'],
};

export const NEIGHBOUR_ATTACKS: readonly Attack[] = [
  {
    name: 'another sandbox is out of reach by network, sockets and memory, also from a nested container',
    attack: async (scene) => {
      for (const python of PLACES[scene.lab] ?? ['python3']) {
        const asNeighbour = (program: string, ...words: string[]) =>
          scene.runAsNeighbour(feed(python, program, words), TRY_MS);
        await scene.runAsNeighbour(`(${feed(python, OFFER, [])} &>/dev/null &)`, TRY_MS);
        const addresses = (await asNeighbour(ADDRESSES)).stdout.trim().split('\n');
        // The neighbour reaches itself in every way: what the attacker does not find is there to be found.
        const all = [
          ...addresses.flatMap((address) => [`tcp ${address}`, `udp ${address}`]),
          ...['abstract socket', 'list of sockets', 'shared memory', 'file in memory'],
        ];
        assert.deepEqual(await untilLines(all.length, () => asNeighbour(REACH, ...addresses)), all);
        const { stdout, stderr, code } = await scene.run(feed(python, REACH, addresses), TRY_MS);
        assert.deepEqual({ code, stdout }, { code: 0, stdout: '' }, `${python}: ${stderr}`);
      }
    },
  },
];

/** A command line that runs a Python program with these arguments. */
function feed(python: string, program: string, words: readonly string[]): string {
  return `{ ${[python, '-', ...words].join(' ')} <<'END'\n${program}END\n}`;
}

/** The lines that it prints once there are so many of them, or at last. */
async function untilLines(count: number, look: () => Promise<RunResult>): Promise<string[]> {
  let lines: string[] = [];
  for (let left = TRIES; left > 0 && lines.length < count; left--) {
    await sleep(100);
    lines = (await look()).stdout.split('\n').slice(0, -1);
  }
  return lines;
}
