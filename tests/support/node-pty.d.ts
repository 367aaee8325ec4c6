// The package is installed under the name node-pty, from a build that ships binaries and declares another name.
/// <reference path="../../node_modules/node-pty/node-pty.d.ts" />
declare module 'node-pty' {
  export * from '@lydell/node-pty';
}
