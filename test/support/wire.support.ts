import { connect } from 'node:net';
import { text } from 'node:stream/consumers';

/** An answer as it came over the wire. */
export interface WireAnswer {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: ReadonlyMap<string, string>;
  /** In lower case and sorted, one for each time that it was sent. */
  readonly headerNames: readonly string[];
  readonly body: string;
}

/** After which a request counts as one that is never answered: far more than any answer takes. */
const PATIENCE_MS = 30_000;

/**
 * Sends a request as it stands: an HTTP client would repair or refuse a target that no browser would send.
 *
 * @param target the request target, one character for each byte; {@link asBytes} makes them
 */
export async function sendRaw(
  port: number,
  target: string,
  headers: Record<string, string> = {},
): Promise<WireAnswer> {
  const lines = Object.entries({ host: 'app.acme.example', connection: 'close', ...headers }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  const socket = connect(port, '127.0.0.1');
  socket.setTimeout(PATIENCE_MS, () => socket.destroy(new Error(`No answer to GET ${target}`)));
  socket.write(Buffer.from(`GET ${target} HTTP/1.1\r\n${lines.join('')}\r\n`, 'latin1'));
  return readAnswer(await text(socket));
}

/** A text as the bytes of its UTF-8 stand on the wire, one character for each. */
export const asBytes = (text: string): string => Buffer.from(text).toString('latin1');

function readAnswer(answer: string): WireAnswer {
  const end = answer.indexOf('\r\n\r\n');
  const [statusLine = '', ...lines] = answer.slice(0, end).split('\r\n');
  const fields = lines.map((line): [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
  });
  return {
    status: Number(statusLine.split(' ')[1]),
    headers: new Map(fields),
    headerNames: fields.map(([name]) => name).sort(),
    body: answer.slice(end + 4),
  };
}
