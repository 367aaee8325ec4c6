/** `labs/<name>/lab.yaml`: what a lab's sandboxes may use. The image is built from the `Dockerfile` beside it. */
import { z } from 'zod';

/** An absolute path in the image, without `..`. */
const imagePath = z.string().regex(/^(\/[\w.-]+)+$/, 'an absolute path such as "/home/student"');

/** A program and its arguments, run without a shell. */
const command = z.array(z.string().min(1)).min(1).max(20);

/**
 * What a lab may have beyond the default of nothing. Everything that is not named here is refused, since no sandbox may
 * be privileged, have CAP_SYS_ADMIN, the host's Docker socket or /dev/kvm.
 */
const privilegesSchema = z.strictObject({
  /** Capabilities that programs with file capabilities may use. The learner's own processes have none. */
  capabilities: z
    .array(z.enum(['SETUID', 'SETGID']))
    .max(2)
    .default([]),
  /** Whether the learner makes user namespaces, as a rootless Docker daemon does. */
  userNamespaces: z.boolean().default(false),
  /** Whether /proc and /sys are seen unmasked, which a nested container's own /proc needs. Only safe without setuid
   * programs in the image and without uid 0, both of which hold for every lab. */
  unmaskedProc: z.boolean().default(false),
  /** A seccomp profile in the lab's folder, in place of the engine's own. */
  seccomp: z
    .string()
    .regex(/^[\w-]+\.json$/, 'the name of a .json file beside lab.yaml')
    .optional(),
});

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
  home: imagePath.default('/home/student'),
  /** Further folders of the image that are kept on volumes of their own, such as a daemon's data. */
  volumes: z.array(imagePath).max(8).default([]),
  limits: z
    .strictObject({
      memoryMb: z.int().min(32).max(16_384).default(512),
      cpus: z.number().min(0.1).max(16).default(1),
      pids: z.int().min(16).max(4096).default(256),
      /** Size of the in-memory `/tmp`. */
      tmpMb: z.int().min(1).max(1024).default(64),
      /** What home and further volumes may hold together. A sandbox that exceeds it is ended. */
      diskMb: z.int().min(16).max(65_536).default(1024),
    })
    .prefault({}),
  privileges: privilegesSchema.prefault({}),
  /** Runs beside the shell from the sandbox's start, as the lab's user, such as the script that keeps a daemon running. */
  start: command.optional(),
  /** Exits with 0 once the sandbox may be handed out, such as `docker version`; tried again until then. */
  ready: command.optional(),
  /** Seconds until a sandbox that is not ready counts as failed. */
  readySeconds: z.int().min(1).max(300).default(30),
  /** Sandboxes kept started, so that a learner does not wait. */
  warm: z.int().min(0).max(50).default(1),
  /** Minutes until a sandbox ends, counted from its start or its last extension. */
  lifetimeMinutes: z.int().min(1).max(1440).default(90),
  /** Minutes without a viewer after which a sandbox ends early; 0: never. */
  idleMinutes: z.int().min(0).max(1440).default(0),
  /** Ports in the sandbox that the page may show. */
  ports: z.array(z.int().min(1024).max(65_535)).max(16).default([]),
});
export type Lab = z.output<typeof labSchema>;
