/** `labs/<name>/lab.yaml`: what a lab's sandboxes may use. The image is built from the `Dockerfile` beside it. */
import { z } from 'zod';

export const labSchema = z.strictObject({
  /** Shown to learners and operators. */
  title: z.string().min(3).max(90),
  /** The login name that shells and checks run as; exists in the image, never root. */
  user: z
    .string()
    .regex(/^[a-z][a-z0-9_-]*$/)
    .refine((name) => name !== 'root', 'a user other than root')
    .default('student'),
  /** The learner's home folder in the image: kept on a volume, the rest of the image is read-only. */
  home: z
    .string()
    .regex(/^\/[\w./-]+$/)
    .default('/home/student'),
  limits: z
    .strictObject({
      memoryMb: z.int().min(32).max(16_384).default(512),
      cpus: z.number().min(0.1).max(16).default(1),
      pids: z.int().min(16).max(4096).default(256),
      /** Size of the in-memory `/tmp`. */
      tmpMb: z.int().min(1).max(1024).default(64),
    })
    .prefault({}),
  /** Sandboxes kept started, so that a learner does not wait. */
  warm: z.int().min(0).max(50).default(1),
  /** Minutes until a sandbox ends, counted from its start or its last extension. */
  lifetimeMinutes: z.int().min(1).max(1440).default(90),
});
export type Lab = z.output<typeof labSchema>;
