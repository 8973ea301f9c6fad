import { jsFetch } from '@scalar/snippetz/plugins/js/fetch';
import { pythonRequests } from '@scalar/snippetz/plugins/python/requests';
import { encodeForm, formFields } from '../../shared/form-fields.js';
import { encodeStrictly } from '../../shared/parameter-serializer.js';
import { isMultipart } from '../../shared/media-types.js';
import { writeCurl } from './curl-writer.js';
import { writePythonForm } from './python-writer.js';
import { readForm } from './request-model.js';
import type { ApiRequest } from './request-model.js';

/** A request as code. */
export interface RequestCode {
  /** The name of its tab. */
  title: string;
  language: 'bash' | 'javascript' | 'python';
  code: string;
}

const WRITERS = [
  { title: 'cURL', language: 'bash', write: writeCurl },
  { title: 'JavaScript', language: 'javascript', write: (request) => jsFetch.generate(asArchive(request)) },
  {
    title: 'Python',
    language: 'python',
    write: (request) => writePythonForm(request) ?? pythonRequests.generate(asArchive(request)),
  },
] as const satisfies (Omit<RequestCode, 'code'> & { write: (request: ApiRequest) => string })[];

/**
 * Writes a request as code for curl, JavaScript and Python.
 *
 * @example
 * writeCode(request).map(({ title }) => title); // ['cURL', 'JavaScript', 'Python']
 */
export function writeCode(given: ApiRequest): RequestCode[] {
  // What ends a text in some language is no part of a URL (RFC 3986, section 2).
  const request = { ...given, url: given.url.replaceAll(/["'`\\\s\p{C}]/gu, encodeStrictly) };
  return WRITERS.flatMap(({ title, language, write }): RequestCode[] => {
    try {
      return [{ title, language, code: write(request) }];
    } catch {
      return [];
    }
  });
}

/** In the format of HTTP archives, as the library takes it. */
function asArchive({ method, url, headers, body }: ApiRequest) {
  return {
    method,
    url,
    httpVersion: 'HTTP/1.1',
    headers,
    queryString: [],
    cookies: [],
    headersSize: -1,
    bodySize: -1,
    ...(body && body.text !== '' && { postData: postDataOf(body) }),
  };
}

/** Forms with files are lists of fields; all else is text. */
function postDataOf(body: NonNullable<ApiRequest['body']>) {
  const { mediaType, text } = body;
  const form = readForm(body);
  if (!form) return { mimeType: mediaType, text };
  if (isMultipart(mediaType)) return { mimeType: mediaType, params: formFields(form), text: '' };
  // Not the type: for it, the library writes an object, in which a name can be only once.
  return { mimeType: 'text/plain', text: encodeForm(form) };
}
