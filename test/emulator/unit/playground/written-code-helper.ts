import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { runInNewContext } from 'node:vm';

/** What a program was told to send. */
export interface WrittenRequest {
  method: string;
  url: string;
  headers: [name: string, value: string][];
  /** A text, the path of a file, or parts: a name with a value, or with the path, name and type of a file. */
  body?: string | { path: string } | string[][];
}

/** What the code for curl sends, as a shell reads it. */
export function readCurl(code: string): WrittenRequest {
  const { stdout, status, stderr } = spawnSync('sh', ['-c', `curl() { printf '%s\\0' "$@"; }\n${code}`], {
    encoding: 'utf8',
  });
  assert.equal(status, 0, stderr);
  const words = stdout.split('\0').slice(0, -1);
  const request: WrittenRequest = { method: 'GET', url: '', headers: [] };
  const parts: string[][] = [];
  while (words.length > 0) {
    const word = words.shift() ?? '';
    if (word === '--globoff') continue;
    if (word === '--head') request.method = 'HEAD';
    else if (!word.startsWith('--')) request.url = word;
    else {
      const value = words.shift() ?? '';
      if (word === '--url') request.url = value;
      else if (word === '--request') request.method = value;
      else if (word === '--header') request.headers.push(readHeader(value));
      else if (word === '--data-raw') request.body = value;
      else if (word === '--data-binary') request.body = { path: value.slice(1) };
      else if (word === '--form-string') parts.push(splitAt(value, '='));
      else parts.push(readFormFile(word === '--form' ? value : assert.fail(word)));
    }
  }
  return parts.length > 0 ? { ...request, body: parts } : request;
}

function readHeader(text: string): [string, string] {
  return text.endsWith(';') && !text.includes(': ') ? [text.slice(0, -1), ''] : splitAt(text, ': ');
}

function splitAt(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return [text.slice(0, at), text.slice(at + separator.length)];
}

function readFormFile(word: string): string[] {
  const [, name = '', quoted, plain = '', type = ''] =
    /^([^=]*)=@(?:"((?:[^"\\]|\\.)*)"|([^",;]*));type=(.*)$/s.exec(word) ?? [];
  const path = quoted?.replaceAll(/\\(["\\])/g, '$1') ?? plain;
  return [name, path, path.replace(/^\.\//, ''), type];
}

/** What the code for JavaScript gives to `fetch`. */
export async function readJavaScript(code: string): Promise<WrittenRequest> {
  const given: unknown[] = [];
  const openAsBlob = async (path: string, options: { type: string }) => new Blob([path], options);
  const context = { FormData, openAsBlob, fetch: (...each: unknown[]) => given.push(...each) };
  await runInNewContext(`(async () => {\n${code.replace(/^import .*\n/, '')}\n})()`, context);
  const [url, init = {}] = given as [string, { method?: string; headers?: object; body?: unknown }?];
  const { method = 'GET', headers = {}, body } = init;
  const request: WrittenRequest = { method, url, headers: Object.entries(headers) };
  if (typeof body === 'string') return { ...request, body };
  if (body instanceof Blob) return { ...request, body: { path: await body.text() } };
  if (!(body instanceof FormData)) return request;
  const parts = [...body].map(async ([name, value]) =>
    typeof value === 'string' ? [name, value] : [name, await value.text(), value.name, value.type],
  );
  return { ...request, body: await Promise.all(parts) };
}

/** What the code for Python gives to `requests`: its texts, lists and calls mean the same in JavaScript. */
export function readPython(code: string): WrittenRequest {
  const closers: string[] = [];
  let isNamed = false;
  const script = [...code.matchAll(/"(?:[^"\\]|\\.)*"|\b[a-z_]+=|\b\w+\(|[^"]/gi)].map(([token]) => {
    if (token.startsWith('"')) return token;
    if (/^\w+=$/.test(token)) {
      isNamed = true;
      return `{${token.slice(0, -1)}:`;
    }
    if (/[({[]$/.test(token)) {
      const isTuple = token === '(';
      closers.push(isTuple ? ']' : ({ '(': ')', '{': '}', '[': ']' }[token.at(-1) ?? ''] ?? ''));
      return isTuple ? '[' : token;
    }
    const end = isNamed && closers.length === 1 && /[,)]/.test(token) ? '}' : '';
    if (end !== '') isNamed = false;
    return end + (/[)}\]]/.test(token) ? closers.pop() : token);
  });
  const asked: { method: string; url: string; named: Record<string, unknown> }[] = [];
  const call =
    (method: string) =>
    (url: string, ...named: object[]) => {
      asked.push({
        method: method.toUpperCase(),
        url,
        named: Object.assign({}, ...named) as Record<string, unknown>,
      });
    };
  runInNewContext(`String.prototype.encode = function () { return String(this); };\n${script.join('')}`, {
    requests: new Proxy({}, { get: (_, method) => call(String(method)) }),
    open: (path: string) => ({ path }),
    True: true,
    False: false,
    None: null,
  });
  const [{ method, url, named } = assert.fail(code)] = asked;
  const {
    headers = {},
    json,
    data,
    files,
  } = named as {
    headers?: object;
    json?: unknown;
    data?: string | { path: string };
    files?: Tuple[];
  };
  const request: WrittenRequest = { method, url, headers: Object.entries(headers) };
  if (json !== undefined) return { ...request, body: JSON.stringify(json) };
  if (files) return { ...request, body: files.map(readTuple) };
  return data === undefined ? request : { ...request, body: data };
}

type Tuple = [string, [null, string] | [string, { path: string }, string]];

function readTuple([name, given]: Tuple): string[] {
  if (given[0] === null) return [name, given[1]];
  const [fileName, { path }, type] = given;
  return [name, path, fileName, type];
}
