import { useMemo, useState } from 'react';
import type { ChannelMessage, Operation, OperationBody } from '../../../shared/operation-types.js';
import { writeCode } from '../../api/code-writer.js';
import { highlight } from '../../api/highlighted-code.js';
import { exampleRequest } from '../../api/request-model.js';
import type { ApiRequest } from '../../api/request-model.js';
import { exampleOf, textOf } from '../../api/schema-sampler.js';
import { BesidePage } from '../../panel-place.js';
import { CodeBlock } from '../code-block.js';
import { CodeGroup } from '../code-group.js';
import { useSchemas } from './schema-context.js';

interface Example {
  title: string;
  text: string;
  language: string;
}

/** Props of the examples. */
export interface OperationExamplesProps {
  operation: Operation;
  /** The request of the playground, without secrets. Absent: nothing is filled in. */
  filled?: ApiRequest;
}

/**
 * The examples of an operation beside its page: the request as code, and a response for each status.
 *
 * @example
 * <OperationExamples operation={operation} />
 */
export function OperationExamples({ operation, filled }: OperationExamplesProps) {
  const { find } = useSchemas();
  const { method, responses, messages } = operation;
  const isRequest = method !== 'WEBHOOK' && method !== 'CHANNEL' && method !== 'SCHEMA';
  const code = useMemo(
    () => (isRequest ? writeCode(filled ?? exampleRequest(operation, find)) : []),
    [isRequest, operation, find, filled],
  );
  const request = useMemo(
    () => (isRequest ? [] : bodyExamples(operation.requestBody?.bodies ?? [], find)),
    [isRequest, operation, find],
  );
  const answers = useMemo(
    () =>
      responses.map(({ status, bodies }) => ({
        title: status,
        examples: bodyExamples(bodies.slice(0, 1), find),
      })),
    [responses, find],
  );
  const shownMessages = useMemo(
    () => messages.map((message) => messageExample(message, find)),
    [messages, find],
  );
  return (
    <BesidePage>
      {code.length > 0 && (
        <section className="examples" aria-label="Request example">
          <p className="sidebar-title">Request</p>
          <CodeGroup>
            {code.map(({ title, language, code: text }) => (
              <CodeBlock key={title} title={title}>
                <Code text={text} language={language} />
              </CodeBlock>
            ))}
          </CodeGroup>
        </section>
      )}
      <ExampleList
        title={method === 'WEBHOOK' ? 'Payload' : 'Example'}
        examples={[...request, ...shownMessages]}
      />
      <ResponseExamples answers={answers} />
    </BesidePage>
  );
}

function ResponseExamples({ answers }: { answers: { title: string; examples: Example[] }[] }) {
  const shown = answers.filter(({ examples }) => examples.length > 0);
  if (shown.length === 0) return null;
  return (
    <section className="examples" aria-label="Response example">
      <p className="sidebar-title">Response</p>
      <CodeGroup>
        {shown.flatMap(({ title, examples }) =>
          examples.map((example) => (
            <CodeBlock
              key={`${title} ${example.title}`}
              title={examples.length > 1 ? `${title} ${example.title}` : title}
            >
              <Code text={example.text} language={example.language} />
            </CodeBlock>
          )),
        )}
      </CodeGroup>
    </section>
  );
}

function ExampleList({ title, examples }: { title: string; examples: Example[] }) {
  const [chosen, setChosen] = useState(0);
  const shown = examples[Math.min(chosen, examples.length - 1)];
  if (!shown) return null;
  return (
    <section className="examples" aria-label={`${title} example`}>
      <p className="sidebar-title">{title}</p>
      {examples.length > 1 && (
        <select
          aria-label="Example"
          value={chosen}
          onChange={({ target }) => setChosen(Number(target.value))}
        >
          {examples.map(({ title: name }, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- examples may have the same name.
            <option key={index} value={index}>
              {name}
            </option>
          ))}
        </select>
      )}
      <CodeBlock>
        <Code text={shown.text} language={shown.language} />
      </CodeBlock>
    </section>
  );
}

/** Colored code. @example <Code text="{}" language="json" /> */
export function Code({ text, language }: { text: string; language: string }) {
  const html = useMemo(() => highlight(text, language), [text, language]);
  const className = `hljs language-${language}`;
  // The code in it is escaped.
  return html === undefined ? (
    <code className={className}>{text}</code>
  ) : (
    <code className={className} dangerouslySetInnerHTML={{ __html: html }} />
  );
}

type Find = ReturnType<typeof useSchemas>['find'];

function bodyExamples(bodies: readonly OperationBody[], find: Find): Example[] {
  return bodies.flatMap((body): Example[] => {
    const { mediaType, examples } = body;
    const language = /[/+]xml\b/.test(mediaType) ? 'xml' : /json/.test(mediaType) ? 'json' : 'text';
    const given = examples.map(({ title, value }) => ({ title, text: textOf(value), language }));
    if (given.length > 0) return given;
    const text = body.schema ? exampleOf(body, find, 'response') : '';
    return text === '' ? [] : [{ title: mediaType, text, language }];
  });
}

function messageExample({ name, schema, examples }: ChannelMessage, find: Find): Example {
  const body = { mediaType: 'application/json', examples, ...(schema && { schema }) };
  return { title: name, text: exampleOf(body, find, 'response'), language: 'json' };
}
