// oxlint-disable no-console -- `oidc-provider` prints its warning with `console.warn`
/**
 * What `oidc-provider` prints when it is imported on Node 20. No option turns it off. All OAuth tests pass on Node 20, which
 * this backend supports, so the warning would only worry the people who try it.
 */
const RUNTIME_WARNING =
  'oidc-provider WARNING: Unsupported runtime. Use Node.js v22.x LTS, or a later LTS release.';

const { warn } = console;

function warnOfAllElse(...args: unknown[]): void {
  if (!String(args[0]).includes(RUNTIME_WARNING)) warn.apply(console, args);
}

// From the import of this file until `restoreWarnings`, this warning is dropped, and no other.
if (process.versions.node.startsWith('20.')) console.warn = warnOfAllElse;

/** Undoes what the import of this file did. */
export function restoreWarnings(): void {
  if (console.warn === warnOfAllElse) console.warn = warn;
}
