import type {
  Operation,
  OperationParameter,
  SecurityField,
  ValuePlace,
} from '../../../shared/operation-types.js';
import { heading } from '../prose.js';
import { MarkdownText } from './markdown-text.js';
import { PropertyView } from './schema-view.js';

const Heading = heading('h2');

const TITLES: Readonly<Record<ValuePlace, string>> = {
  path: 'Path Parameters',
  query: 'Query Parameters',
  header: 'Headers',
  cookie: 'Cookies',
};
const PLACES = ['header', 'path', 'query', 'cookie'] as const;

/**
 * The parameters of an operation, by their places.
 *
 * @example
 * <ParameterSections parameters={operation.parameters} />
 */
export function ParameterSections({ parameters }: { parameters: readonly OperationParameter[] }) {
  return PLACES.map((place) => {
    const own = parameters.filter((each) => each.in === place);
    if (own.length === 0) return null;
    return (
      <section key={place} aria-label={TITLES[place]}>
        <Heading id={TITLES[place].toLowerCase().replace(' ', '-')}>{TITLES[place]}</Heading>
        <ParameterList parameters={own} />
      </section>
    );
  });
}

/** Parameters or headers, one below the other. @example <ParameterList parameters={response.headers} /> */
export function ParameterList({ parameters }: { parameters: readonly OperationParameter[] }) {
  return parameters.map(({ in: place, name, schema, required, deprecated, description, example }) => (
    <PropertyView
      key={`${place} ${name}`}
      name={name}
      schema={schema}
      use="request"
      location={place}
      isRequired={required}
      isDeprecated={deprecated}
      description={description}
      example={example}
    />
  ));
}

/**
 * How an operation knows who calls it: each alternative with its fields.
 *
 * @example
 * <SecuritySection security={operation.security} />
 */
export function SecuritySection({ security }: Pick<Operation, 'security'>) {
  const needed = security.filter(({ fields }) => fields.length > 0);
  if (needed.length === 0) return null;
  const isOptional = needed.length < security.length;
  return (
    <section aria-label="Authorizations">
      <Heading id="authorizations">Authorizations</Heading>
      {needed.map(({ fields }, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- alternatives have no other key, and keep their order.
        <div key={index} className="security-alternative">
          {index > 0 && <p className="schema-facts">or</p>}
          {fields.map((field) => (
            <PropertyView
              key={field.scheme}
              name={field.name}
              schema={{ type: 'string' }}
              use="request"
              location={field.in}
              isRequired={!isOptional && needed.length === 1}
              description={field.description ?? describeField(field)}
            />
          ))}
        </div>
      ))}
    </section>
  );
}

function describeField({ type, httpScheme, prefix = '', name }: SecurityField): string {
  if (type === 'mutualTLS') return 'The client certificate of the connection.';
  if (httpScheme === 'basic') return 'Basic authentication: `Basic` and the encoded `user:password`.';
  if (prefix !== '')
    return `${prefix.trim()} authentication: \`${prefix}<token>\`, where \`<token>\` is your token.`;
  return `Your key for the API, as \`${name}\`.`;
}

/** A text before the fields of a body. @example <Lead text={requestBody.description} /> */
export function Lead({ text }: { text: string | undefined }) {
  return text === undefined ? null : <MarkdownText text={text} />;
}
