import type { RelayAnswer, RelayedResponse } from '../../../shared/playground-types.js';
import type { Visitor } from '../../../shared/visitor-types.js';
import { pageData } from '../../page-data.js';
import type { VisitorState } from '../../visitor-state.js';
import { LoginLink } from '../login-link.js';
import { ResponseDownload } from './response-download.js';
import type { ShownField } from './use-playground.js';

/** Props of the response. */
export interface PlaygroundResponseProps {
  answer: RelayAnswer;
  /** Of the request. */
  url: string;
  fields: readonly ShownField[];
  session: VisitorState;
  visitor?: Visitor;
}

/**
 * The response of the API, or why there is none.
 *
 * @example
 * <PlaygroundResponse answer={answer} url={url} fields={fields} session={session} visitor={visitor} />
 */
export function PlaygroundResponse({ answer, url, fields, session, visitor }: PlaygroundResponseProps) {
  if ('refusal' in answer) {
    return (
      <p className="playground-problem" data-testid="playground-refusal">
        {answer.refusal.message}
      </p>
    );
  }
  const { response } = answer;
  const { status, statusText, durationMs, headers, cut } = response;
  return (
    <div className="playground-response" data-testid="playground-response">
      <h3>Response</h3>
      <p className="playground-status">
        <strong
          className={status < 300 ? 'request-good' : status < 400 ? undefined : 'request-bad'}
          data-testid="playground-status"
        >
          {status} {statusText}
        </strong>{' '}
        in {durationMs} ms
      </p>
      {status === 401 && <LoginHint fields={fields} session={session} visitor={visitor} />}
      {status >= 300 && status < 400 && status !== 304 && (
        <p className="playground-note">The playground does not follow redirects.</p>
      )}
      <ResponseBody response={response} url={url} />
      {cut && (
        <p className="playground-note">
          {cut === 'size'
            ? 'The body is longer than the playground shows.'
            : 'The API was still sending after 30 seconds.'}
        </p>
      )}
      <details>
        <summary>{headers.length} response headers</summary>
        <dl className="playground-headers">
          {headers.map(([name, value], index) => (
            // oxlint-disable-next-line react/no-array-index-key -- a name may come twice, and the list never changes.
            <div key={index}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </details>
    </div>
  );
}

function ResponseBody({ response, url }: { response: RelayedResponse; url: string }) {
  const { body, mediaType, status } = response;
  if ('base64' in body) {
    const { base64 } = body;
    return (
      <>
        {/^image\/(?:png|jpeg|gif|webp|avif)$/.test(mediaType) && (
          <img src={`data:${mediaType};base64,${base64}`} alt="The response of the API" />
        )}
        <ResponseDownload response={response} base64={base64} url={url} />
      </>
    );
  }
  if (body.text === '') return <p className="playground-note">The response has no body.</p>;
  return (
    <pre tabIndex={0} aria-label={`Body of the response ${status}`} data-testid="playground-body">
      <code>{formatted(body.text)}</code>
    </pre>
  );
}

function formatted(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** What to do about a 401. */
function LoginHint({ fields, session, visitor }: Omit<PlaygroundResponseProps, 'answer' | 'url'>) {
  const credentials = fields.filter(({ isSecurity }) => isSecurity);
  const isTyped = credentials.some(({ source }) => source === 'typed');
  return (
    <div className="playground-hint" data-testid="playground-hint">
      {isTyped && (
        <p>
          The API did not accept what you typed.
          {visitor?.apiPlaygroundInputs && ' Reset it to use the value of your user data.'}
        </p>
      )}
      {visitor && !isTyped && <p>{explainForVisitor(credentials)}</p>}
      {!visitor && pageData.visitors && (
        <p>No one is logged in. Choose a visitor in the header whose user data has a value.</p>
      )}
      {!visitor && !pageData.visitors && (
        <>
          <p>You are not logged in. Log in, and the docs fill in your own values.</p>
          <LoginLink session={session} />
        </>
      )}
    </div>
  );
}

function explainForVisitor(credentials: readonly ShownField[]): string {
  const empty = credentials.filter(({ value }) => value === '').map(({ place, name }) => `${place}.${name}`);
  if (credentials.length === 0)
    return 'The spec has no security scheme for this operation, so no credentials were sent.';
  return empty.length > 0
    ? `Your user data has no value for ${empty.join(' and ')}. See “Playground inputs” in “User data”.`
    : 'The API did not accept the value of your user data. It may have expired: log out and in again.';
}
