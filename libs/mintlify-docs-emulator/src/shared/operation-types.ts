import type { GroupRule } from './group-rules.js';

/** A JSON schema as OpenAPI 3.1 writes it. `$ref` in it is a key of {@link Operation.schemas}. Not validated. */
export type OperationSchema = Readonly<Record<string, unknown>>;

/**
 * The method of an operation, in capitals. `WEBHOOK` is a webhook, `CHANNEL` a channel of an AsyncAPI file, `SCHEMA` a
 * data model.
 */
export type OperationMethod =
  | 'GET'
  | 'PUT'
  | 'POST'
  | 'DELETE'
  | 'OPTIONS'
  | 'HEAD'
  | 'PATCH'
  | 'TRACE'
  | 'WEBHOOK'
  | 'CHANNEL'
  | 'SCHEMA';

/** A variable in the URL of a server. */
export interface ServerVariable {
  name: string;
  default: string;
  /** The only values that it can have. Absent: any. */
  enum?: string[];
  description?: string;
}

/** Where an operation is. */
export interface OperationServer {
  /** As the spec writes it, without a slash at its end: absolute, or relative to the docs; `{name}` is a variable. */
  url: string;
  description?: string;
  variables: ServerVariable[];
}

/** Where a value of a request goes. */
export type ValuePlace = 'path' | 'query' | 'header' | 'cookie';

/** What a schema says in one line. */
export interface SchemaSummary {
  /** Such as `string`, `integer[]`, `object` or `string | null`. */
  type: string;
  /** Such as `date-time`. */
  format?: string;
  /** The only values that it can have. Absent: any. */
  enum?: unknown[];
  default?: unknown;
}

/** A parameter in the path, the query, a header or a cookie. */
export interface OperationParameter {
  in: ValuePlace;
  name: string;
  /** Always `true` in the path. */
  required: boolean;
  deprecated: boolean;
  /** Markdown. */
  description?: string;
  schema: OperationSchema;
  summary: SchemaSummary;
  /** From `example`, the first of `examples`, or the schema. Absent: none is given. */
  example?: unknown;
  /** How lists and objects are written, such as `form`. Absent: the default of the place. */
  style?: string;
  explode?: boolean;
}

/** One value that proves who the caller is. */
export interface SecurityField {
  /** The name of the security scheme in the spec, such as `bearerAuth`. */
  scheme: string;
  type: 'apiKey' | 'http' | 'oauth2' | 'openIdConnect' | 'mutualTLS';
  /** Of `http`, in lower case: such as `bearer` or `basic`. */
  httpScheme?: string;
  in: 'query' | 'header' | 'cookie';
  /** The name of the header, parameter or cookie, such as `Authorization` or `X-API-Key`. */
  name: string;
  /** What the header has before the value, such as `Bearer `. Absent: nothing. */
  prefix?: string;
  /** Markdown. */
  description?: string;
  /** From `x-default`. */
  default?: string;
}

/** One of the ways to prove who the caller is: all its fields together. Without fields, none is needed. */
export interface SecurityAlternative {
  fields: SecurityField[];
}

/** A named example. */
export interface OperationExample {
  /** Its `summary`, or its key. */
  title: string;
  value: unknown;
}

/** A body in one media type. */
export interface OperationBody {
  /** Such as `application/json`. */
  mediaType: string;
  schema?: OperationSchema;
  /** From `example` and `examples`. Empty: one can be made from the schema. */
  examples: OperationExample[];
}

/** The body of a request. */
export interface OperationRequestBody {
  required: boolean;
  /** Markdown. */
  description?: string;
  bodies: OperationBody[];
}

/** A response, by its status. */
export interface OperationResponse {
  /** Such as `200`, `4XX` or `default`. */
  status: string;
  /** Markdown. */
  description?: string;
  headers: OperationParameter[];
  bodies: OperationBody[];
}

/** A message of a channel. */
export interface ChannelMessage {
  name: string;
  /** Who sends it, as the spec says: the API receives (`receive`) or sends (`send`) it. Absent: unknown. */
  action?: 'send' | 'receive';
  /** Markdown. */
  description?: string;
  schema?: OperationSchema;
  examples: OperationExample[];
}

/** Another request that an operation causes. */
export interface OperationCallback {
  name: string;
  /** The URL, as an expression. */
  expression: string;
  operation: Omit<Operation, 'schemas' | 'spec' | 'callbacks'>;
}

/** One operation of an API, with the schemas that it needs. */
export interface Operation {
  method: OperationMethod;
  /** As the spec writes it, such as `/plants/{id}`; the name of a webhook; the address of a channel. */
  path: string;
  summary?: string;
  /** Markdown. */
  description?: string;
  deprecated: boolean;
  servers: OperationServer[];
  parameters: OperationParameter[];
  /** Any one of them is enough. Empty: the spec asks for nothing. */
  security: SecurityAlternative[];
  requestBody?: OperationRequestBody;
  responses: OperationResponse[];
  callbacks: OperationCallback[];
  /** Of a channel. */
  messages: ChannelMessage[];
  /**
   * The schemas that `$ref` leads to, by the text of the `$ref`, such as `#/components/schemas/Plant`. Of a large
   * spec, those that are deep inside are missing: ask for them by {@link OperationSource.schemasPath}.
   */
  schemas: Record<string, OperationSchema>;
  /** Path of the spec inside the docs folder, such as `openapi.json`. Empty for a page with `api` alone. */
  spec: string;
}

/** An operation and the page that shows it. */
export interface OperationEntry {
  /** Path of the page inside the docs, such as `/api-reference/list-plants`. */
  page: string;
  method: OperationMethod;
  path: string;
  /** Path of the spec inside the docs folder. */
  spec: string;
  /** `x-mint.groups` of the path item and the operation together: either one admits. Absent: everyone. */
  rule?: GroupRule;
  /** From `x-hidden`: the page can be read, but is in no sidebar. */
  isHidden: boolean;
  /** The page of the docs folder that names the operation. Absent: the page is made from the spec alone. */
  file?: string;
}

/** What a page gets of its operation. */
export interface OperationSource {
  /** With what this visitor may see; in public docs with everything, as the browser knows the visitor. */
  operation: Operation;
  /** Where the missing schemas are, as a path on this origin: `?ref=` is added to it. */
  schemasPath: string;
}

/** Why a page cannot show its operation, or shows an older state of it. */
export interface OperationFault {
  /** Path inside the docs folder. */
  file: string;
  line?: number;
  reason: string;
}
