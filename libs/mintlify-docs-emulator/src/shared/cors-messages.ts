import { explainUnreachable } from './unreachable-message.js';

/** Headers that need no permission, and the media types of theirs: Fetch, section 2.2.2. */
const FREE_HEADER = /^(?:accept|accept-language|content-language)$/i;
const FREE_TYPE = /^(?:text\/plain|multipart\/form-data|application\/x-www-form-urlencoded)\s*(?:;|$)/i;
const FREE_METHOD = /^(?:GET|HEAD|POST)$/;

/**
 * Explains why the browser did not let the playground read a response, and which headers the API has to send.
 *
 * @param request `isReachable`: whether the server responds at all, to a `no-cors` request.
 * @example
 * explainCors({ docsOrigin: location.origin, method: 'GET', headers: [], url, isReachable: true });
 */
export function explainCors(request: {
  docsOrigin: string;
  method: string;
  headers: readonly (readonly [name: string, value: string])[];
  url: string;
  isReachable: boolean;
}): string {
  const { docsOrigin, method, headers, url, isReachable } = request;
  if (!isReachable) return explainUnreachable(url);
  const asked = headers
    .filter(
      ([name, value]) => !(/^content-type$/i.test(name) ? FREE_TYPE.test(value) : FREE_HEADER.test(name)),
    )
    .map(([name]) => name);
  const answers = [
    ...(FREE_METHOD.test(method) ? [] : [`Access-Control-Allow-Methods: ${method}`]),
    ...(asked.length === 0 ? [] : [`Access-Control-Allow-Headers: ${asked.join(', ')}`]),
  ];
  const preflight =
    answers.length === 0 ? '' : `, and answer the preflight (OPTIONS) also with ${answers.join(' and ')}`;
  return (
    'docs.json has `proxy: false`, and the browser blocked the response (CORS). The API must send ' +
    `Access-Control-Allow-Origin: ${docsOrigin}${preflight}. Or remove \`proxy: false\`.`
  );
}
