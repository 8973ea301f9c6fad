export { createTestSigningKey, type TestSigningKey } from './test-signing-key.js';
export { readDocsRedirect, type DocsRedirect } from './docs-redirect-reader.js';
export {
  verifyDocsToken,
  type DocsPublicKey,
  type DocsTokenChecks,
  type DocsTokenClaims,
} from './docs-token-verifier.js';
export { DocsArrivalError } from './docs-arrival-error.js';
export { viewAs, type ViewAsVisit } from './view-as.js';
export { FixedClock } from './fixed-clock.js';
export { mintlifyMatchers, type MintlifyMatchers } from './mintlify-matchers.js';
export { renderDocsAs, type RenderDocsOptions, type RenderedDocsPage } from './render-docs.js';
export { describeEachPersona, type PersonaSuiteOptions, type TestPersona } from './describe-each-persona.js';
export type { ExpectedVisitor, VisitorChecks } from './visitor-reader.js';
export type { HttpResponseLike } from './http-response-reader.js';
