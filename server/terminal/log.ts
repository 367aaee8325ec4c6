/** What `server/terminal` needs of a logger. */
export interface TerminalLog {
  debug(details: object, message: string): void;
  warn(details: object, message: string): void;
}
