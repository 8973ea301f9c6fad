import type { ListedOperation } from '../shared/inputs-report.js';
import { isSendable } from '../shared/request-builder.js';
import type { Visitor } from '../shared/visitor-types.js';
import { entriesFor, operationFor } from '../relay/visible-operation.js';
import type { OperationDocs } from '../relay/visible-operation.js';
import { jsonReply } from './reply.js';
import type { Reply } from './reply.js';

/** How many operations the panel shows. */
export const MAX_LISTED_OPERATIONS = 300;

/**
 * Answers what the playgrounds of all operations ask for, for the panel "Playground inputs": names and places, without
 * bodies and responses. In private docs, of the operations that the visitor may see.
 *
 * @example
 * sendReply(request, response, await answerInputs(docs, visitor), headers);
 */
export async function answerInputs(docs: OperationDocs, visitor: Visitor | undefined): Promise<Reply> {
  const entries = await entriesFor(docs, visitor);
  const operations: ListedOperation[] = [];
  for (const { page, method, path, rule } of entries) {
    if (operations.length >= MAX_LISTED_OPERATIONS) break;
    if (!isSendable(method)) continue;
    const operation = await operationFor(docs, page, visitor);
    if (!operation) continue;
    const parameters = operation.parameters.map(
      ({ in: place, name, required, deprecated, summary: { type } }) => ({
        in: place,
        name,
        required,
        deprecated,
        schema: {},
        summary: { type },
      }),
    );
    const { servers, security } = operation;
    operations.push({ page, method, path, ...(rule && { rule }), servers, security, parameters });
  }
  return jsonReply(200, { operations, total: entries.length });
}
