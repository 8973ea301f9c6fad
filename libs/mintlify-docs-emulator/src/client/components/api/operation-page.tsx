import { useMemo, useState } from 'react';
import type { OperationFault, OperationSource } from '../../../shared/operation-types.js';
import { visibleOperation } from '../../../shared/operation-filter.js';
import type { Visitor } from '../../../shared/visitor-types.js';
import type { ApiRequest } from '../../api/request-model.js';
import { pageData } from '../../page-data.js';
import type { VisitorState } from '../../visitor-state.js';
import { PageError } from '../page-error.js';
import { Playground } from '../playground/playground.js';
import { RequestBodySection, MessageSection, ResponseSection } from './body-sections.js';
import { CallbackSection } from './callback-section.js';
import { MarkdownText } from './markdown-text.js';
import { OperationExamples } from './operation-examples.js';
import { OperationHead } from './operation-head.js';
import { ParameterSections, SecuritySection } from './parameter-sections.js';
import { SchemaProvider } from './schema-context.js';

/** Props of the operation of a page. */
export interface OperationPageProps {
  source?: OperationSource;
  fault?: OperationFault;
  session: VisitorState;
  visitor: Visitor | undefined;
}

/**
 * The operation of a page, or why it cannot be shown. In public docs, what the visitor may not see is left out here.
 *
 * @example
 * <OperationPage {...pageData.page.api} session={session} visitor={visitor} />
 */
export function OperationPage({ source, fault, session, visitor }: OperationPageProps) {
  const [filled, setFilled] = useState<ApiRequest>();
  const isPublic = pageData.mode === 'personalization';
  const filterGroups = useMemo(
    () => (isPublic ? { groups: visitor && (visitor.groups ?? []) } : undefined),
    [isPublic, visitor],
  );
  const operation = useMemo(
    () =>
      source && (filterGroups ? visibleOperation(source.operation, filterGroups.groups) : source.operation),
    [source, filterGroups],
  );
  return (
    <>
      {fault && (
        <PageError
          title={
            operation ? 'The spec has a fault: this is its state before' : 'This operation cannot be shown'
          }
          {...fault}
        />
      )}
      {!fault && !operation && (
        <PageError
          title="This operation is for other visitors"
          reason="Its x-mint.groups do not let this visitor see it."
        />
      )}
      {source && operation && (
        <SchemaProvider
          schemas={operation.schemas}
          schemasPath={source.schemasPath}
          filterGroups={filterGroups}
        >
          <div className="operation" data-testid="operation">
            <MarkdownText
              text={operation.description === pageData.page.description ? operation.description : undefined}
            />
            <OperationHead operation={operation} />
            <Playground operation={operation} session={session} visitor={visitor} onFill={setFilled} />
            {operation.spec !== '' && (
              <>
                <SecuritySection security={operation.security} />
                <ParameterSections parameters={operation.parameters} />
                {operation.requestBody && (
                  <RequestBodySection
                    requestBody={operation.requestBody}
                    use={operation.method === 'WEBHOOK' ? 'response' : 'request'}
                  />
                )}
                <CallbackSection callbacks={operation.callbacks} />
                <ResponseSection
                  responses={operation.responses}
                  title={operation.method === 'SCHEMA' ? 'Attributes' : 'Response'}
                />
                <MessageSection messages={operation.messages} />
                <OperationExamples operation={operation} filled={filled} />
              </>
            )}
          </div>
        </SchemaProvider>
      )}
    </>
  );
}
