export { describeVisitors, type DescribedVisitors } from './describe-visitors.js';
export { mapPersonas, type MappedPersona, type Personas, type PrincipalPersona } from './map-personas.js';
export type { DescribedShapes, VisitorsDescription } from './visitors-description.js';
