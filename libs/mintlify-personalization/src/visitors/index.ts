export { describeVisitors, type DescribedVisitors } from './describe-visitors.js';
export type { DescribedShapes, VisitorsDescription } from './visitors-description.js';
