import type { SiteFinding } from './site-finding.js';

/** Whether a visitor sees a page in the navigation, can only read it, or neither. */
export type PageVisibility = 'listed' | 'unlisted' | 'denied';

/** What the check found out about an operation of an API. */
export interface OperationReport {
  /** The path of its page inside the docs, such as `/api/plants/list`. */
  path: string;
  /** Such as `GET`, `WEBHOOK` or `CHANNEL`. */
  method: string;
  /** As the spec writes it, such as `/plants/{id}`. */
  route: string;
  /** Path of the spec inside the docs folder; empty for a page with `api`. */
  spec: string;
  /** By the name of the visitor. */
  access: Record<string, PageVisibility>;
  faults: SiteFinding[];
}
