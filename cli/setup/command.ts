/** Runs a program of the machine to its end. Knows nothing about what for. */
import { spawn } from 'node:child_process';

export interface CommandOptions {
  /** Called with each line of output, both streams. */
  readonly onLine?: (line: string) => void;
  readonly timeoutMs: number;
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
}

/** Resolves with what it printed. Rejects with its last lines when it fails, cannot be started or takes too long. */
export function runCommand(argv: readonly [string, ...string[]], options: CommandOptions): Promise<string> {
  const [program, ...args] = argv;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: options.env ?? process.env,
      cwd: options.cwd,
      timeout: options.timeoutMs,
    });
    let output = '';
    let pending = '';
    const take = (chunk: string): void => {
      output = (output + chunk).slice(-200_000);
      const lines = (pending + chunk).split(/\r?\n|\r/);
      pending = lines.pop() ?? '';
      for (const line of lines) if (line.trim() !== '') options.onLine?.(line);
    };
    child.stdout.setEncoding('utf8').on('data', take);
    child.stderr.setEncoding('utf8').on('data', take);
    child.on('error', (error) => reject(new Error(`${program} could not be started: ${error.message}`)));
    child.on('close', (code, signal) => {
      if (code === 0) return resolve(output);
      const how =
        signal === null ? `exit code ${code}` : `ended by ${signal} after ${options.timeoutMs / 1000} s`;
      reject(
        new Error(`${argv.join(' ')} failed (${how}):\n${output.trim().split('\n').slice(-12).join('\n')}`),
      );
    });
  });
}
