import { jsFetch } from '@scalar/snippetz/plugins/js/fetch';
import { pythonRequests } from '@scalar/snippetz/plugins/python/requests';
import { shellCurl } from '@scalar/snippetz/plugins/shell/curl';
import type { ApiRequest } from './request-model.js';

/** A request as code. */
export interface RequestCode {
  /** The name of its tab. */
  title: string;
  language: 'bash' | 'javascript' | 'python';
  code: string;
}

const WRITERS = [
  { title: 'cURL', language: 'bash', writer: shellCurl },
  { title: 'JavaScript', language: 'javascript', writer: jsFetch },
  { title: 'Python', language: 'python', writer: pythonRequests },
] as const;

/**
 * Writes a request as code for curl, JavaScript and Python.
 *
 * @example
 * writeCode(request).map(({ title }) => title); // ['cURL', 'JavaScript', 'Python']
 */
export function writeCode({ method, url, headers, body }: ApiRequest): RequestCode[] {
  const request = {
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
  return WRITERS.flatMap(({ title, language, writer }): RequestCode[] => {
    try {
      return [{ title, language, code: writer.generate(request) }];
    } catch {
      return [];
    }
  });
}

/** Forms are lists of fields; all else is text. */
function postDataOf({ mediaType, text }: NonNullable<ApiRequest['body']>) {
  if (!/form/.test(mediaType)) return { mimeType: mediaType, text };
  try {
    const fields = Object.entries(JSON.parse(text) as Record<string, unknown>);
    const params = fields.map(([name, value]) => ({
      name,
      value: typeof value === 'string' ? value : JSON.stringify(value),
    }));
    return { mimeType: mediaType, params, text: '' };
  } catch {
    return { mimeType: mediaType, text };
  }
}
