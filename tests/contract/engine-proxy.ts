/** A socket before an engine's socket that can be cut, as if the engine had gone away. Tests only. */
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A running proxy. */
export interface EngineProxy {
  readonly socketPath: string;
  /** Breaks all connections and refuses new ones. */
  cut(): Promise<void>;
  /** Accepts connections again. */
  mend(): Promise<void>;
  close(): Promise<void>;
}

/** Starts a proxy to the engine that listens on the given socket. */
export async function startEngineProxy(target: string): Promise<EngineProxy> {
  const folder = await mkdtemp(join(tmpdir(), 'drydock-proxy-'));
  const socketPath = join(folder, 'engine.sock');
  const open = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (near) => {
    const far = connect({ path: target, allowHalfOpen: true });
    near.pipe(far);
    far.pipe(near);
    for (const [socket, other] of [[near, far] as const, [far, near] as const]) {
      open.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        open.delete(socket);
        other.destroy();
      });
    }
  });
  const mend = async () => {
    await once(server.listen(socketPath), 'listening');
  };
  const cut = async () => {
    const closed = once(server, 'close');
    server.close();
    for (const socket of open) socket.destroy();
    await closed;
  };
  await mend();
  const close = async () => {
    if (server.listening) await cut();
    await rm(folder, { recursive: true, force: true });
  };
  return { socketPath, cut, mend, close };
}
