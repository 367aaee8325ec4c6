// The package is installed under the name node-pty, from a build that ships binaries and declares another name.
// oxlint-disable-next-line typescript/triple-slash-reference -- that file is no module, so it cannot be imported
/// <reference path="../../node_modules/node-pty/node-pty.d.ts" />
declare module 'node-pty' {
  export * from '@lydell/node-pty';
}
