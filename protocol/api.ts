/** The HTTP interface: what each call takes and answers. The server validates with these, the page parses with them. */
import { z } from 'zod';

/** Every error: `code` in kebab-case for programs, `message` safe for the reader. */
export const errorSchema = z.object({
  error: z.object({ code: z.string(), message: z.string(), details: z.unknown().optional() }),
});
export type ApiError = z.infer<typeof errorSchema>;

/** Whether a lab's image is there. `progress` from 0 to 1 and `step` while building; `reason` when it cannot be had. */
export const labStateSchema = z.object({
  state: z.enum(['waiting', 'building', 'ready', 'failed', 'unavailable']),
  progress: z.number().min(0).max(1).optional(),
  step: z.string().optional(),
  reason: z.string().optional(),
});
export type LabState = z.infer<typeof labStateSchema>;

export const readySchema = z.object({
  /** The engine's name, or null while none answers. */
  engine: z.string().nullable(),
  /** Why no engine answers. */
  reason: z.string().optional(),
  labs: z.record(z.string(), labStateSchema),
});
export type Ready = z.infer<typeof readySchema>;

export const lessonSummarySchema = z.object({
  id: z.string(),
  title: z.string(),
  course: z.string(),
  lab: z.string(),
  durationMinutes: z.number(),
  tasks: z.array(z.object({ id: z.string(), title: z.string(), kind: z.enum(['exercise', 'quiz']) })),
});
export const lessonListSchema = z.array(lessonSummarySchema);
export type LessonSummary = z.infer<typeof lessonSummarySchema>;

/** `not-yet`: never passed by this learner in this lesson. `broken`: passed in this sandbox, and undone since. */
export const taskStatusSchema = z.enum(['not-yet', 'passed', 'broken']);
export type TaskStatus = z.infer<typeof taskStatusSchema>;
export const taskStateSchema = z.object({
  id: z.string(),
  status: taskStatusSchema,
  /** What the learner was last told about it in this sandbox. */
  message: z.string().optional(),
});
export type TaskState = z.infer<typeof taskStateSchema>;

/** `starting`: being created, see `progress` and `step`. `failed`: could not be created, see `reason`. */
export const sandboxStateSchema = z.enum(['starting', 'ready', 'ended', 'failed']);
export type SandboxState = z.infer<typeof sandboxStateSchema>;

export const sandboxSchema = z.object({
  id: z.string(),
  lesson: z.string(),
  lab: z.string(),
  state: sandboxStateSchema,
  /** While starting: how far, from 0 to 1, where it is known. */
  progress: z.number().min(0).max(1).optional(),
  /** While starting: what is being done, for the learner to read, such as "building the lab". */
  step: z.string().optional(),
  /** Why it failed or ended, for the learner to read. */
  reason: z.string().optional(),
  /** ISO 8601. */
  expiresAt: z.iso.datetime(),
  terminals: z.array(z.string()),
  tasks: z.array(taskStateSchema),
  /** The learner's values, by name; those of scripts once they are known. */
  values: z.record(z.string(), z.string()),
});
export type SandboxInfo = z.infer<typeof sandboxSchema>;

export const createSandboxSchema = z.strictObject({ lesson: z.string().max(200) });

/** `failed`: not yet done. `broken`: it was passed in this sandbox and has been undone. `timeout`: the check took too
 * long. `error`: the check itself is faulty, the lesson's fault. */
export const verdictSchema = z.object({
  status: z.enum(['passed', 'failed', 'broken', 'timeout', 'error']),
  /** For the learner: what is missing, in the check's own words; plain text, bounded. */
  message: z.string(),
  /** Set with `failed` where it will pass by itself, such as a container that is still starting. */
  waiting: z.boolean().optional(),
  durationMs: z.number(),
});
export type Verdict = z.infer<typeof verdictSchema>;

/** How a check ended, for its author. Only asked for during development. */
export const checkRunSchema = z.object({
  /** Exit code; null where it took too long. */
  code: z.number().nullable(),
  stdout: z.string(),
  stderr: z.string(),
  timedOut: z.boolean(),
  durationMs: z.number(),
  /** Absolute path of the script. */
  file: z.string(),
});
export type CheckRun = z.infer<typeof checkRunSchema>;

/** What a hint says that has looked at the sandbox; empty where it has nothing to say. Plain text, bounded. */
export const hintSchema = z.object({ message: z.string() });
export type HintAnswer = z.infer<typeof hintSchema>;

/** Help that a learner took: unfolded a hint, looked at the solution, or had it typed. */
export const helpKindSchema = z.enum(['hint', 'solution', 'typed']);
export type HelpKind = z.infer<typeof helpKindSchema>;
export const helpSchema = z.strictObject({
  lesson: z.string().max(200),
  task: z.string().max(100),
  kind: helpKindSchema,
});

/** Characters of a text to be typed into a terminal. */
export const MAX_TYPED = 8000;

/** A text to be typed into a terminal as a person would, line by line, each when the prompt is free. */
export const typeSchema = z.strictObject({
  text: z.string().min(1).max(MAX_TYPED),
  /** The viewer's own name for this request, such as a UUID: the same is never typed twice. */
  id: z.string().min(8).max(64),
  /** Types the first line even though something runs or stands at the prompt; what stands there is not removed. */
  anyway: z.boolean().default(false),
});
export type TypeRequest = z.infer<typeof typeSchema>;

/** A further terminal: without a name it gets one. */
export const createTerminalSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,19}$/)
    .optional(),
});
export const terminalSchema = z.object({ name: z.string() });

/** Server-sent events of a sandbox: `event:` names the kind, `data:` carries the JSON below. */
export const sandboxEventSchema = z.discriminatedUnion('event', [
  z.object({ event: z.literal('state'), data: sandboxSchema }),
  z.object({ event: z.literal('task'), data: z.object({ id: z.string(), verdict: verdictSchema }) }),
  z.object({ event: z.literal('values'), data: z.record(z.string(), z.string()) }),
  z.object({ event: z.literal('expiring'), data: z.object({ expiresAt: z.iso.datetime() }) }),
]);
export type SandboxEvent = z.infer<typeof sandboxEventSchema>;

export const progressSchema = z.object({
  lessons: z.array(
    z.object({
      id: z.string(),
      /** When the learner first started its lab; ISO 8601. */
      startedAt: z.iso.datetime(),
      tasks: z.array(z.object({ id: z.string(), passedAt: z.iso.datetime() })),
      /** When the last of its tasks was passed; absent while one is open. */
      finishedAt: z.iso.datetime().optional(),
      /** Help taken, in the order of time. */
      help: z.array(z.object({ task: z.string(), kind: helpKindSchema, at: z.iso.datetime() })),
    }),
  ),
});
export type Progress = z.infer<typeof progressSchema>;
