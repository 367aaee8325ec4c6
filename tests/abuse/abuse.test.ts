/** Strangers may do their worst: the host, the server and the neighbours go on. On this host's Docker engine. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, suite, test } from 'node:test';
import { pino } from 'pino';
import { parse } from 'yaml';
import { labSchema } from '../../protocol/lab.ts';
import { createDockerEngine } from '../../server/sandbox/docker.ts';
import type { SandboxEngine } from '../../server/sandbox/engine.ts';
import { requireDocker } from '../contract/docker-harness.ts';
import { LabServer, presentLabs } from '../support/lab-server.ts';
import { ATTACKS } from './attacks.ts';
import { Scene } from './scene.ts';

const ROOT = path.join(import.meta.dirname, '..', '..');

for (const lab of presentLabs(['python', 'docker', 'vm'])) {
  suite(`Abuse in the lab ${lab}`, () => {
    let server: LabServer;
    let engine: SandboxEngine;
    let scene: Scene;

    before(async () => {
      server = await LabServer.start([lab]);
      const instance = readFileSync(path.join(server.installation.folder, 'instance'), 'utf8');
      engine = createDockerEngine({
        docker: await requireDocker(),
        instance,
        log: pino({ level: 'silent' }),
      });
      scene = new Scene(lab, server, engine);
      await scene.open();
    });
    after(async () => {
      await scene.close();
      await engine.close();
      await server.stop();
    });

    const settings = readFileSync(path.join(ROOT, 'labs', lab, 'lab.yaml'), 'utf8');
    const { limits } = labSchema.parse(parse(settings));
    for (const { name, labs, spoils, attack } of ATTACKS) {
      if (labs && !labs.includes(lab)) continue;
      test(name, async () => {
        await attack(scene, limits);
        if (spoils) await scene.reset();
        await scene.assertAllWell();
      });
    }
  });
}
