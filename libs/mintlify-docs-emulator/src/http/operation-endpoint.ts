import { viewOperation, viewSchemas } from '../api/operation-view.js';
import type { ShownOperation } from '../api/operation-catalog.js';
import { SiteError } from '../site/site-error.js';
import type { OperationFault, OperationSource } from '../shared/operation-types.js';
import { passesRule } from '../shared/group-rules.js';
import type { Visitor } from '../shared/visitor-types.js';
import { canRead } from '../site/page-access.js';
import type { SitePage } from '../site/page-access.js';
import { accessOf } from '../site/site-reader.js';
import type { Site } from '../site/site-reader.js';
import { INTERNAL_PATH } from './emulator-context.js';
import type { EmulatorContext } from './emulator-context.js';
import { jsonReply, scriptReply, textReply } from './reply.js';
import type { Reply } from './reply.js';

/** Path of what belongs to pages of operations, below the base path. */
export const OPERATIONS_PATH = `${INTERNAL_PATH}/operations`;

const REQUEST = /^\/(?<kind>schemas|content)(?<page>\/.*)$/;

/**
 * What the browser gets of the operation of a page. In private docs it lacks what the visitor may not see
 * (handshakes.md, section 8). In public docs it has everything, because the browser knows the visitor.
 *
 * @returns `undefined` if the page shows no operation.
 * @example
 * operationOf(context, { site, path: '/api-reference/list-plants', page, visitor })?.operation;
 */
export function operationOf(
  { mode, basePath }: EmulatorContext,
  { site, path, page, visitor }: OperationPage,
): { source?: OperationSource; fault?: OperationFault } | undefined {
  const shown = site.operations.shownBy(path, page);
  if (!shown) return undefined;
  const { problem } = shown.found;
  const fault = problem && faultOf(problem);
  if (mode === 'authentication' && !isAdmitted(shown, visitor)) return {};
  const operation = shown.read();
  return {
    ...(operation && {
      source: {
        operation: viewOperation(operation, optionsOf(mode, visitor)),
        schemasPath: `${basePath}${OPERATIONS_PATH}/schemas${encodeURI(path)}`,
      },
    }),
    ...(fault && { fault }),
  };
}

/** A page, and who asks for it. */
export interface OperationPage {
  site: Site;
  /** Path of the page inside the docs. */
  path: string;
  page: SitePage;
  visitor: Visitor | undefined;
}

/**
 * Answers what pages of operations load later: `schemas` of an operation, by `?ref=`, and the `content` of a page that
 * is made from a spec.
 *
 * @param path the part of the path after {@link OPERATIONS_PATH}.
 * @example
 * await answerOperationPart(context, { path: '/schemas/api-reference/list-plants', query: '?ref=%23%2F…' }, visitor);
 */
export async function answerOperationPart(
  context: EmulatorContext,
  { path: rest, query }: { path: string; query: string },
  visitor: Visitor | undefined,
): Promise<Reply> {
  const { kind, page: urlPath } = REQUEST.exec(rest)?.groups ?? {};
  const { sites, mode } = context;
  const missing = textReply(404, 'The docs have no such operation.');
  const found = urlPath === undefined ? undefined : await sites.findPage(urlPath);
  const site = await sites.read();
  if (!found || (mode === 'authentication' && !canRead(accessOf(site, found.page), visitor))) return missing;
  const { path, page } = found;
  if (kind === 'content') return answerContent(context, page, site);
  const ref = new URLSearchParams(query).get('ref');
  const shown = site.operations.shownBy(path, page);
  if (!shown || ref === null || (mode === 'authentication' && !isAdmitted(shown, visitor))) return missing;
  const operation = shown.read();
  if (!operation) return missing;
  const schemas = viewSchemas(operation, ref, optionsOf(mode, visitor));
  return schemas ? jsonReply(200, { schemas }) : missing;
}

async function answerContent(context: EmulatorContext, page: SitePage, site: Site): Promise<Reply> {
  const { content, spec } = page.generated ?? {};
  if (content === undefined) return textReply(404, 'The page has no content of its own.');
  const file = { absolutePath: '', relativePath: `${spec}.mdx`, text: content };
  const client = `${context.basePath}${INTERNAL_PATH}/client/page-runtime.js`;
  try {
    const { code, faults, warnings } = await context.bundler.bundle(file, site.variables);
    for (const { message } of [...faults, ...warnings]) context.warnings.add(message, { file: spec ?? '' });
    return scriptReply(code);
  } catch (error) {
    if (!(error instanceof SiteError)) throw error;
    const reason = `x-mint.content of this operation does not compile: ${error.reason}`;
    return scriptReply(
      [
        `import { pageError } from ${JSON.stringify(client)};`,
        `export default pageError(${JSON.stringify({ file: spec, reason, title: 'A part of this page cannot be shown' })});`,
      ].join('\n'),
    );
  }
}

/** A page of the docs folder can be for more visitors than the operation that it names. */
function isAdmitted({ rule }: ShownOperation, visitor: Visitor | undefined): boolean {
  return passesRule(rule, visitor && (visitor.groups ?? []));
}

function optionsOf(mode: EmulatorContext['mode'], visitor: Visitor | undefined) {
  return mode === 'authentication' ? { groups: visitor ? (visitor.groups ?? []) : null } : {};
}

function faultOf({ location, reason }: SiteError): OperationFault {
  const { file, line } = location;
  return { file, reason, ...(line !== undefined && { line }) };
}
