/** The client of a Docker engine. Makes no call. */
import Docker from 'dockerode';
import type { DockerAddress } from './docker-address.ts';

/** A client for the engine at the address. Every field is given, so that none is taken from the environment. */
export function dockerClient(address: DockerAddress): Docker {
  const none = { ca: undefined, cert: undefined, key: undefined };
  if ('socketPath' in address) {
    return new Docker({
      ...none,
      socketPath: address.socketPath,
      host: undefined,
      port: undefined,
      protocol: 'http',
    });
  }
  return new Docker({
    ...none,
    socketPath: undefined,
    host: address.host,
    port: address.port,
    protocol: 'http',
  });
}
