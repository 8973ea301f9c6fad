import type {
  Operation,
  OperationParameter,
  OperationServer,
  SecurityField,
} from '../../../../libs/mintlify-docs-emulator/src/shared/operation-types.js';
import { NO_VALUES } from '../../../../libs/mintlify-docs-emulator/src/shared/playground-types.js';
import type { PlaygroundValues } from '../../../../libs/mintlify-docs-emulator/src/shared/playground-types.js';

/** An operation of a test. */
export function operationOf(given: Partial<Operation> = {}): Operation {
  return {
    method: 'GET',
    path: '/plants',
    deprecated: false,
    servers: [serverOf('https://api.foo.com/v1')],
    parameters: [],
    security: [],
    responses: [],
    callbacks: [],
    messages: [],
    schemas: {},
    spec: 'openapi.json',
    ...given,
  };
}

/** A server; variables are `name=default` or `name=default:one|two`. */
export function serverOf(url: string, ...variables: string[]): OperationServer {
  return {
    url,
    variables: variables.map((text) => {
      const [, name = '', value = '', list] = /^(\w+)=([^|]*?)(?::(?=[^:]*\|)(.*))?$/.exec(text) ?? [];
      const variable = { name, default: value };
      return list === undefined ? variable : Object.assign(variable, { enum: list.split('|') });
    }),
  };
}

/** A parameter of type `string`. */
export function parameterOf(
  place: OperationParameter['in'],
  name: string,
  given: Partial<OperationParameter> = {},
): OperationParameter {
  return {
    in: place,
    name,
    required: place === 'path',
    deprecated: false,
    schema: { type: 'string' },
    summary: { type: 'string' },
    ...given,
  };
}

/** A key in a header. */
export function keyIn(place: SecurityField['in'], name: string): SecurityField {
  return { scheme: 'key', type: 'apiKey', in: place, name };
}

/** A bearer token. */
export const BEARER: SecurityField = {
  scheme: 'bearer',
  type: 'http',
  httpScheme: 'bearer',
  in: 'header',
  name: 'Authorization',
  prefix: 'Bearer ',
};

/** Values of a request. */
export function valuesOf(given: Partial<PlaygroundValues> = {}): PlaygroundValues {
  return { ...NO_VALUES, ...given };
}
