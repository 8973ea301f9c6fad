import { useState } from 'react';
import type {
  ChannelMessage,
  OperationBody,
  OperationRequestBody,
  OperationResponse,
} from '../../../shared/operation-types.js';
import { modelOf, typeLabel } from '../../api/schema-model.js';
import type { SampleUse } from '../../api/schema-sampler.js';
import { heading } from '../prose.js';
import { MarkdownText } from './markdown-text.js';
import { ParameterList } from './parameter-sections.js';
import { useSchemas } from './schema-context.js';
import { SchemaFacts } from './schema-facts.js';
import { SchemaView } from './schema-view.js';

const Heading = heading('h2');

/**
 * The body of a request.
 *
 * @example
 * <RequestBodySection requestBody={operation.requestBody} />
 */
export function RequestBodySection({
  requestBody,
  use = 'request',
}: {
  requestBody: OperationRequestBody;
  /** `response` where the API sends it. */
  use?: SampleUse;
}) {
  return (
    <section aria-label="Body">
      <Heading id="body">Body</Heading>
      {!requestBody.required && use === 'request' && <p className="schema-facts">optional</p>}
      <MarkdownText text={requestBody.description} />
      <BodyList bodies={requestBody.bodies} use={use} />
    </section>
  );
}

/**
 * The responses of an operation, of which a visitor chooses one by its status.
 *
 * @example
 * <ResponseSection responses={operation.responses} />
 */
export function ResponseSection({
  responses,
  title = 'Response',
}: {
  responses: readonly OperationResponse[];
  title?: string;
}) {
  const [chosen, setChosen] = useState(0);
  const shown = responses[Math.min(chosen, responses.length - 1)];
  if (!shown) return null;
  return (
    <section aria-label={title}>
      <Heading id={title.toLowerCase()}>{title}</Heading>
      {responses.length > 1 && (
        <div className="variant-choices" role="group" aria-label="Status">
          {responses.map(({ status }, index) => (
            <button
              key={status}
              type="button"
              aria-pressed={index === chosen}
              data-status={status.charAt(0)}
              onClick={() => setChosen(index)}
            >
              {status}
            </button>
          ))}
        </div>
      )}
      {responses.length === 1 && shown.status !== 'default' && (
        <p className="schema-facts">
          <code>{shown.status}</code>
        </p>
      )}
      <MarkdownText text={shown.description} />
      {shown.headers.length > 0 && (
        <>
          <p className="schema-title">Headers</p>
          <ParameterList parameters={shown.headers} />
        </>
      )}
      <BodyList key={shown.status} bodies={shown.bodies} use="response" />
    </section>
  );
}

/**
 * The messages of a channel.
 *
 * @example
 * <MessageSection messages={operation.messages} />
 */
export function MessageSection({ messages }: { messages: readonly ChannelMessage[] }) {
  if (messages.length === 0) return null;
  return (
    <section aria-label="Messages">
      <Heading id="messages">Messages</Heading>
      {messages.map(({ name, action, description, schema }) => (
        <div key={`${action} ${name}`} className="channel-message">
          <p className="schema-title">
            {name}{' '}
            {action !== undefined && (
              <span className="sidebar-tag">{action === 'send' ? 'you receive' : 'you send'}</span>
            )}
          </p>
          <MarkdownText text={description} />
          {schema && (
            <BodyView
              body={{ mediaType: '', schema, examples: [] }}
              use={action === 'send' ? 'response' : 'request'}
            />
          )}
        </div>
      ))}
    </section>
  );
}

function BodyList({ bodies, use }: { bodies: readonly OperationBody[]; use: SampleUse }) {
  const [chosen, setChosen] = useState(0);
  const shown = bodies[Math.min(chosen, bodies.length - 1)];
  if (!shown) return null;
  return (
    <>
      {bodies.length > 1 ? (
        <select
          className="media-types"
          aria-label="Media type"
          value={chosen}
          onChange={({ target }) => setChosen(Number(target.value))}
        >
          {bodies.map(({ mediaType }, index) => (
            <option key={mediaType} value={index}>
              {mediaType}
            </option>
          ))}
        </select>
      ) : (
        <p className="schema-facts">{shown.mediaType}</p>
      )}
      <BodyView key={shown.mediaType} body={shown} use={use} />
    </>
  );
}

function BodyView({ body: { schema }, use }: { body: OperationBody; use: SampleUse }) {
  const { find } = useSchemas();
  if (!schema) return null;
  const { schema: own, properties, variants } = modelOf(schema, find);
  const isObject = properties.length > 0 || variants.length > 0;
  return (
    <>
      {!isObject && (
        <p className="schema-facts">
          <code>{typeLabel(schema, find)}</code>
        </p>
      )}
      <MarkdownText text={typeof own.description === 'string' ? own.description : undefined} />
      {!isObject && <SchemaFacts schema={{ ...own, example: undefined, examples: undefined }} />}
      <SchemaView schema={schema} use={use} />
    </>
  );
}
