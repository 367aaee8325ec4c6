/** Puts spans of time into words. Pure. */
import type { Progress } from '../../protocol/api.ts';

const MINUTE = 60_000;
const DAY = 24 * 60;

/** Such as "4 minutes", "1 hour 5 minutes", "3 days", from milliseconds; never less than a minute. */
export function durationWords(ms: number): string {
  const minutes = Math.max(1, Math.round(ms / MINUTE));
  if (minutes >= DAY) return plural(Math.round(minutes / DAY), 'day');
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return plural(rest, 'minute');
  return rest === 0 ? plural(hours, 'hour') : `${plural(hours, 'hour')} ${plural(rest, 'minute')}`;
}

/** Milliseconds from a lesson's start to its last task; undefined while it is not finished. */
export function timeTaken(lesson: Progress['lessons'][number]): number | undefined {
  if (lesson.finishedAt === undefined) return undefined;
  const ms = Date.parse(lesson.finishedAt) - Date.parse(lesson.startedAt);
  return ms >= 0 ? ms : undefined;
}

const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;
