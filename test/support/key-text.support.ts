/** What happens to the text of a key on its way into the environment. */
export type Mangling = (text: string) => string;

/** What becomes of its line breaks. */
export const BREAK_MANGLINGS: Record<string, Mangling> = {
  'line breaks as they are': (text) => text,
  CRLF: (text) => text.replaceAll('\n', '\r\n'),
  'literal \\n': (text) => text.replaceAll('\n', String.raw`\n`),
  'literal \\r\\n': (text) => text.replaceAll('\n', String.raw`\r\n`),
  'literal \\\\n': (text) => text.replaceAll('\n', String.raw`\\n`),
  'both a literal \\n and a line break': (text) => text.replaceAll('\n', '\\n\n'),
  'no line breaks': (text) => text.replaceAll('\n', ''),
  'spaces for line breaks': (text) => text.replaceAll('\n', ' '),
  'indented lines': (text) => text.replaceAll('\n', '\n    '),
  'lines that were wrapped again': (text) => text.replaceAll(/(?<=^[\w+/]{20})/gm, '\n'),
};
/** What is put around it. */
export const WRAP_MANGLINGS: Record<string, Mangling> = {
  'nothing around it': (text) => text,
  'a byte order mark': (text) => `\uFEFF${text}`,
  'double quotes': (text) => `"${text}"`,
  'single quotes': (text) => `'${text}'`,
  backticks: (text) => `\`${text}\``,
  'blank lines': (text) => `\n \t${text}\r\n\n`,
};
/** How it is encoded as a whole. */
export const BASE64_MANGLINGS: Record<string, Mangling> = {
  'no base64': (text) => text,
  base64: (text) => Buffer.from(text).toString('base64'),
  base64url: (text) => Buffer.from(text).toString('base64url'),
  'base64 in lines of 76': (text) =>
    Buffer.from(text)
      .toString('base64')
      .replaceAll(/.{76}/g, (line) => `${line}\n`),
};
