import { useEffect, useRef, useState } from 'react';
import type { Operation } from '../../../shared/operation-types.js';
import { bestSecurity, fieldsOf, fillField } from '../../../shared/playground-fields.js';
import type { FilledField, PlaygroundField } from '../../../shared/playground-fields.js';
import { NO_VALUES } from '../../../shared/playground-types.js';
import type { PlaygroundValues, RelayAnswer } from '../../../shared/playground-types.js';
import type { ChosenFile } from '../../../shared/request-body.js';
import { buildRequest } from '../../../shared/request-builder.js';
import type { RequestProblem } from '../../../shared/server-url.js';
import type { Visitor } from '../../../shared/visitor-types.js';
import { sendDirectly } from '../../direct-client.js';
import { filledRequest } from '../../api/filled-request.js';
import type { ApiRequest } from '../../api/request-model.js';
import { pageData } from '../../page-data.js';
import { fieldKey } from '../../playground-store.js';
import type { TypedValues } from '../../playground-store.js';
import { sendByRelay } from '../../relay-client.js';
import { useSchemas } from '../api/schema-context.js';
import { bodyOf } from './body-value.js';
import type { BodyValue } from './body-value.js';

/** A field with its value. */
export interface ShownField extends PlaygroundField, FilledField {
  /** Its name in the store. */
  key: string;
}

/** The state of a playground. */
export interface PlaygroundState {
  fields: ShownField[];
  body: BodyValue | undefined;
  /** Those that the body takes. They are kept until the page is left. */
  files: readonly ChosenFile[];
  /** Replaces the files of a field. */
  chooseFiles: (field: string, files: readonly ChosenFile[]) => void;
  serverIndex: number;
  chooseServer: (index: number) => void;
  securityIndex: number;
  chooseSecurity: (index: number) => void;
  /** The URL of the request; while it cannot be built, the parts of the spec. */
  url: string;
  /** The request as an example, if something is filled in. */
  example?: ApiRequest;
  /** Why the request cannot be sent. */
  problem?: RequestProblem;
  /** What was typed on this page, by its names in the store. */
  typedKeys: string[];
  isSending: boolean;
  /** The response, and the URL and fields as they were sent. */
  result?: { answer: RelayAnswer; url: string; fields: readonly ShownField[] };
  send: () => Promise<void>;
  cancel: () => void;
}

/**
 * The state of a playground: what its fields hold, the request that follows from it, and its response.
 *
 * @example
 * const { fields, send } = usePlayground({ operation, visitor, typed });
 */
export function usePlayground({
  operation,
  visitor,
  typed,
}: {
  operation: Operation;
  visitor: Visitor | undefined;
  typed: TypedValues;
}): PlaygroundState {
  const inputs = visitor?.apiPlaygroundInputs;
  const [serverIndex, chooseServer] = useState(0);
  const [securityIndex, chooseSecurity] = useState(() => bestSecurity(operation, inputs));
  const [result, setResult] = useState<PlaygroundState['result']>();
  const [sending, setSending] = useState<AbortController>();
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);
  const { isPrefilled } = pageData.playground;
  const fields = fieldsOf(operation, { serverIndex, securityIndex, isPrefilled }).map((field): ShownField => {
    const key = fieldKey(operation, field);
    return Object.assign({}, field, fillField(field, inputs, typed[key]), { key });
  });
  const { find } = useSchemas();
  const body = bodyOf(operation, typed, find);
  const [chosen, setChosen] = useState<readonly ChosenFile[]>([]);
  const files = chosen.filter(({ field }) => body?.files.some(({ name }) => name === field));
  const values = valuesOf(fields, { serverIndex, securityIndex, body, files });
  const built = buildRequest(operation, values);
  const isFilled =
    files.length > 0 ||
    body?.source === 'typed' ||
    fields.some(({ source, isSecurity }) => !isSecurity && (source === 'typed' || source === 'visitor'));
  const problem = 'problem' in built ? built : undefined;

  const url =
    'problem' in built ? `${operation.servers[serverIndex]?.url ?? ''}${operation.path}` : built.url;

  async function submit(signal: AbortSignal): Promise<RelayAnswer> {
    const { isDirect, relayPath } = pageData.playground;
    if (isDirect && !('problem' in built)) return sendDirectly(built, signal);
    return sendByRelay(relayPath, { page: pageData.page.path, values }, signal);
  }

  async function send(): Promise<void> {
    const controller = new AbortController();
    running.current = controller;
    setSending(controller);
    setResult(undefined);
    try {
      const answer = await submit(controller.signal);
      setResult({ answer, url, fields });
    } catch {
      // Canceled.
    } finally {
      setSending(undefined);
    }
  }

  return {
    fields,
    body,
    files,
    chooseFiles: (field, added) =>
      setChosen((before) => [...before.filter((each) => each.field !== field), ...added]),
    serverIndex,
    chooseServer,
    securityIndex,
    chooseSecurity,
    url,
    ...(problem && { problem }),
    ...(isFilled && { example: filledRequest(operation, values) }),
    typedKeys: [...fields, ...(body ? [body] : [])]
      .filter(({ source }) => source === 'typed')
      .map(({ key }) => key),
    isSending: sending !== undefined,
    ...(result && { result }),
    send,
    cancel: () => sending?.abort(),
  };
}

function valuesOf(
  fields: readonly ShownField[],
  {
    serverIndex,
    securityIndex,
    body,
    files,
  }: {
    serverIndex: number;
    securityIndex: number;
    body: BodyValue | undefined;
    files: readonly ChosenFile[];
  },
): PlaygroundValues {
  const values: PlaygroundValues = { ...NO_VALUES, serverIndex, securityIndex };
  for (const { place, name, value } of fields) values[place] = { ...values[place], [name]: value };
  if (!body) return values;
  const { mediaType, value, hasText } = body;
  return { ...values, mediaType, ...(hasText && { body: value }), ...(files.length > 0 && { files }) };
}
