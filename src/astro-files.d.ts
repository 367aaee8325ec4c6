/** For the plain compiler, which does not read such files; `astro check` sees the real types. */
declare module '*.astro' {
  const component: (props: Record<string, unknown>) => unknown;
  export default component;
}
