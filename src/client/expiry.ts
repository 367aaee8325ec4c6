/** Puts a lab's remaining time into words. Pure. */

const MINUTE = 60_000;

/** Milliseconds before the end from which more time is offered: the server's first warning. */
export const EXTEND_FROM = 10 * MINUTE;

/** The time left in words, from milliseconds; to the nearest minute, as the clocks compared agree to a second at best. */
export function timeLeft(ms: number): string {
  if (ms <= 0) return 'Time is up';
  const minutes = Math.round(ms / MINUTE);
  if (minutes <= 1) return 'Last minute';
  if (minutes < 60) return `${minutes} min left`;
  const rest = minutes % 60;
  return rest === 0 ? `${minutes / 60} h left` : `${Math.floor(minutes / 60)} h ${rest} min left`;
}
