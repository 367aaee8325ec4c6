/** Ports for commands that cannot choose one themselves. */
import { createServer } from 'node:net';

/** A port that is free, as the one after it most likely is: `npm run dev` takes both. */
export async function freePorts(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return typeof address === 'object' && address ? address.port : 4600;
}
