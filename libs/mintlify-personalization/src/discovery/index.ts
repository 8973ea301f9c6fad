export { DocsDiscoveryModule } from './docs-discovery.module.js';
export { DocsDiscoveryService } from './docs-discovery.service.js';
export { DiscoveryRateLimitError } from './discovery-errors.js';
export type {
  DocsDiscoveryComposition,
  DocsDiscoveryLimits,
  DocsDiscoveryOptions,
  DocsDiscoveryRoutes,
} from './discovery-options.js';
export type {
  DocsAnswer,
  DocsDiscoveryCall,
  DocsMessage,
  DocsMessagePart,
  DocsPage,
  DocsQuestion,
  DocsQuestionContext,
  DocsSearch,
  DocsSearchFilter,
  DocsSearchResult,
} from './discovery-types.js';
