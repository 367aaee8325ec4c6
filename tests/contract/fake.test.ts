/** The engine contract against the fake engine. */
import { labSchema } from '../../protocol/lab.ts';
import { createFakeEngine, fakeLeftovers, removeFakeInstance } from '../fakes/fake-engine.ts';
import { testSandboxEngine } from './sandbox-engine.ts';

testSandboxEngine('fake', async () => {
  const instances = new Set<string>();
  return {
    connect: (instance) => {
      instances.add(instance);
      return createFakeEngine(instance);
    },
    lab: { name: 'contract', folder: '/nonexistent', settings: labSchema.parse({ title: 'Contract suite' }) },
    leftovers: fakeLeftovers,
    missing: { builds: 'the fake engine builds nothing' },
    dispose: async () => {
      await Promise.all([...instances].map(removeFakeInstance));
    },
  };
});
