import { isForm } from '../../shared/request-body.js';
import { encodeStrictly } from '../../shared/parameter-serializer.js';
import { writeCurl } from './curl-writer.js';
import { writeJavaScript } from './javascript-writer.js';
import { writePython } from './python-writer.js';
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
  { title: 'JavaScript', language: 'javascript', write: writeJavaScript },
  { title: 'Python', language: 'python', write: writePython },
] as const satisfies (Omit<RequestCode, 'code'> & { write: (request: ApiRequest) => string })[];

/**
 * Writes a request as code for curl, JavaScript and Python. What a language cannot send is left out.
 *
 * @example
 * writeCode(request).map(({ title }) => title); // ['cURL', 'JavaScript', 'Python']
 */
export function writeCode(given: ApiRequest): RequestCode[] {
  const { body, headers } = given;
  const request = {
    ...given,
    // What ends a text in some language is no part of a URL (RFC 3986, section 2).
    url: given.url.replaceAll(/["'`\\\s\p{C}]/gu, encodeStrictly),
    // What sends the parts of a form writes the boundary itself.
    headers:
      body !== undefined && isForm(body)
        ? headers.filter(([name]) => name.toLowerCase() !== 'content-type')
        : headers,
  };
  return WRITERS.flatMap(({ title, language, write }): RequestCode[] => {
    try {
      return [{ title, language, code: write(request) }];
    } catch {
      return [];
    }
  });
}
