import type { JsonSchema } from '../claims/visitor-schema.js';

/** What one claim mapper may give, or several in union. */
export interface DescribedShapes {
  /** In alphabetical order. `'any'` if a mapper does not declare its groups. */
  readonly groups: readonly string[] | 'any';
  /** The shape of `content`, which pages read as `user`. `{}` allows anything. */
  readonly content: JsonSchema;
  /** The shape of `apiPlaygroundInputs`. `{}` allows anything. */
  readonly apiPlaygroundInputs: JsonSchema;
}

/** The content of `visitors.schema.json`: the union of all claim mappers, and each one. */
export interface VisitorsDescription extends DescribedShapes {
  /** What the default claim mapper may give: that of the default docs site, and of tenants without their own. */
  readonly default?: DescribedShapes;
  /** By tenant id. */
  readonly tenants: Readonly<Record<string, DescribedShapes>>;
}
