/** The server's log: readable on a terminal, one JSON object a line elsewhere, always on standard error. */
import { pino, type Logger } from 'pino';
import pretty from 'pino-pretty';
import type { Config } from './config.ts';

export function createLog(level: Config['logLevel']): Logger {
  const stream = process.stderr.isTTY
    ? pretty({ destination: 2, sync: true, ignore: 'pid,hostname', translateTime: 'SYS:HH:MM:ss' })
    : process.stderr;
  return pino({ level }, stream);
}
