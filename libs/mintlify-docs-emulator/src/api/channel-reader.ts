import type {
  ChannelMessage,
  Operation,
  OperationParameter,
  OperationServer,
} from '../shared/operation-types.js';
import { isRecord } from '../shared/type-guards.js';
import { entriesOf, schemaOf, textOf } from './operation-parts.js';
import { summarizeSchema } from './schema-summary.js';
import type { Spec } from './spec.js';
import type { SpecOperation } from './spec-operations.js';

/**
 * Reads a channel of AsyncAPI 2 or 3: where it is, its parameters and its messages.
 *
 * @example
 * readChannel(channel).messages.map(({ name }) => name); // ['PlantWatered']
 */
export function readChannel({
  spec,
  path,
  item,
}: SpecOperation): Omit<Operation, 'schemas' | 'spec' | 'callbacks'> {
  const isVersion2 = String(spec.document.asyncapi).startsWith('2');
  return {
    method: 'CHANNEL',
    path: typeof item.address === 'string' ? item.address : path,
    ...textOf('summary', item.title ?? item.summary),
    ...textOf('description', item.description),
    deprecated: item.deprecated === true,
    servers: readServers(spec, item.servers),
    parameters: readParameters(spec, item.parameters),
    security: [],
    responses: [],
    messages: isVersion2 ? messagesOf2(spec, item) : messagesOf3(spec, item),
  };
}

/** In AsyncAPI 2, a client can publish to what the API receives. */
function messagesOf2(spec: Spec, channel: Readonly<Record<string, unknown>>): ChannelMessage[] {
  return (['publish', 'subscribe'] as const).flatMap((key) => {
    const { message } = spec.resolve(channel[key]) ?? {};
    const list = isRecord(message) && Array.isArray(message.oneOf) ? message.oneOf : [message];
    const action = key === 'publish' ? 'receive' : 'send';
    return list.flatMap((each: unknown) => readMessage(spec, each, { action }));
  });
}

/** In AsyncAPI 3, operations say who sends the messages of a channel. */
function messagesOf3(spec: Spec, channel: Readonly<Record<string, unknown>>): ChannelMessage[] {
  const operations = entriesOf(spec.document.operations)
    .map(([, value]) => spec.resolve(value))
    .filter((operation) => operation && spec.resolve(operation.channel) === channel);
  return entriesOf(channel.messages).flatMap(([name, value]) => {
    const message = spec.resolve(value);
    const operation = operations.find((each) => {
      const messages: unknown = each?.messages;
      return !Array.isArray(messages) || messages.some((one) => spec.resolve(one) === message);
    });
    const action =
      operation?.action === 'send' || operation?.action === 'receive' ? operation.action : undefined;
    return readMessage(spec, value, { name, action });
  });
}

function readMessage(
  spec: Spec,
  value: unknown,
  { name, action }: { name?: string; action?: 'send' | 'receive' },
): ChannelMessage[] {
  const message = spec.resolve(value);
  if (!message) return [];
  const payload = isRecord(message.payload) ? message.payload : undefined;
  // AsyncAPI 3 can put the schema into an object that names its format.
  const schema = schemaOf(
    isRecord(payload?.schema) && payload.schemaFormat !== undefined ? payload.schema : payload,
  );
  const title = [message.title, message.name, name].find((each) => typeof each === 'string') ?? 'Message';
  const examples = Array.isArray(message.examples) ? message.examples.filter(isRecord) : [];
  return [
    {
      name: title,
      ...(action && { action }),
      ...textOf('description', message.description ?? message.summary),
      ...(schema && { schema }),
      examples: examples.flatMap((example, index) =>
        example.payload === undefined
          ? []
          : [
              {
                title: typeof example.name === 'string' ? example.name : `Example ${index + 1}`,
                value: example.payload,
              },
            ],
      ),
    },
  ];
}

function readParameters(spec: Spec, parameters: unknown): OperationParameter[] {
  return entriesOf(parameters).flatMap(([name, value]): OperationParameter[] => {
    const written = spec.resolve(value);
    if (!written) return [];
    const { enum: values, default: byDefault, description } = written;
    const schema = schemaOf(written.schema) ?? {
      type: 'string',
      ...(Array.isArray(values) && { enum: values }),
      ...(byDefault !== undefined && { default: byDefault }),
    };
    return [
      {
        in: 'path',
        name,
        required: true,
        deprecated: false,
        ...textOf('description', description),
        schema,
        summary: summarizeSchema(schema, (each) => spec.resolve(each)),
      },
    ];
  });
}

function readServers(spec: Spec, own: unknown): OperationServer[] {
  const all = entriesOf(spec.document.servers);
  const named = Array.isArray(own)
    ? own.map((each: unknown) => (typeof each === 'string' ? all.find(([name]) => name === each)?.[1] : each))
    : all.map(([, server]) => server);
  return named.flatMap((value): OperationServer[] => {
    const server = spec.resolve(value);
    if (!server) return [];
    const { url, protocol, host, pathname } = server;
    const written = typeof url === 'string' ? url : `${textIn(host)}${textIn(pathname)}`;
    const whole = /^[a-z][\w+.-]*:\/\//i.test(written)
      ? written
      : `${textIn(protocol) || 'wss'}://${written}`;
    const variables = entriesOf(server.variables).flatMap(([name, variable]) =>
      isRecord(variable) ? [{ name, default: textIn(variable.default) }] : [],
    );
    return [{ url: whole, ...textOf('description', server.description), variables }];
  });
}

function textIn(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
