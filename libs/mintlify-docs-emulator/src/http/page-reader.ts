import type { Visitor } from '../shared/visitor-types.js';

/** Who requests a page. */
export interface PageReader {
  /** Absent if anonymous, or known only to the browser. */
  visitor?: Visitor;
  /** Of docs without a login: which of the visitors it is. */
  name?: string;
  /** Of private docs: what tells this visitor's session from others. It is secret. */
  session?: string;
}
