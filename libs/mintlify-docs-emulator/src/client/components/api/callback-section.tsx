import type { OperationCallback } from '../../../shared/operation-types.js';
import { heading } from '../prose.js';
import { RequestBodySection, ResponseSection } from './body-sections.js';
import { MarkdownText } from './markdown-text.js';
import { MethodBadge } from './method-badge.js';

const Heading = heading('h2');

/**
 * The requests that an operation causes.
 *
 * @example
 * <CallbackSection callbacks={operation.callbacks} />
 */
export function CallbackSection({ callbacks }: { callbacks: readonly OperationCallback[] }) {
  if (callbacks.length === 0) return null;
  return (
    <section aria-label="Callbacks">
      <Heading id="callbacks">Callbacks</Heading>
      {callbacks.map(({ name, expression, operation }) => (
        <details key={`${name} ${expression} ${operation.method}`} className="schema-inside">
          <summary>
            {name} <MethodBadge method={operation.method} /> <code>{expression}</code>
          </summary>
          <div className="schema-inside-content">
            <MarkdownText text={operation.description} />
            {operation.requestBody && (
              <RequestBodySection requestBody={operation.requestBody} use="response" />
            )}
            <ResponseSection responses={operation.responses} />
          </div>
        </details>
      ))}
    </section>
  );
}
