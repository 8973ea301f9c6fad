/** A file that a request sends. */
export interface RequestFile {
  /** Without a folder, such as `fern.png`. */
  name: string;
  /** Such as `image/png`. Empty: unknown. */
  mediaType: string;
  base64: string;
}

/** A file, and the field of the body that it is for. */
export interface ChosenFile extends RequestFile {
  /** `''` if the file is the whole body. */
  field: string;
}

/** A part of a `multipart/form-data` body: a text or a file. */
export type BodyPart = { name: string; value: string } | { name: string; file: RequestFile };

/** What a request has as its body: a text, the parts of a form, or one file. */
export type RequestBody = string | readonly BodyPart[] | RequestFile;

/** The largest files of one request, together, in bytes. */
export const MAX_FILE_BYTES = 5_242_880;

/** What a file without a media type is: RFC 2046, section 4.5.1. */
export const UNKNOWN_MEDIA_TYPE = 'application/octet-stream';

/**
 * Whether a body is the parts of a form.
 *
 * @example
 * isForm([{ name: 'title', value: 'Fern' }]); // true
 */
export function isForm(body: RequestBody): body is readonly BodyPart[] {
  return typeof body === 'object' && 'map' in body;
}

/**
 * A body as `fetch` takes it.
 *
 * @example
 * new Response(fetchBody([{ name: 'title', value: 'Fern' }])).headers.get('content-type'); // 'multipart/form-data; boundary=…'
 */
export function fetchBody(body: RequestBody): string | FormData | Blob {
  if (typeof body === 'string') return body;
  if (!isForm(body)) return blobOf(body);
  const form = new FormData();
  for (const part of body) {
    if ('file' in part) form.append(part.name, blobOf(part.file), part.file.name);
    else form.append(part.name, part.value);
  }
  return form;
}

function blobOf({ base64, mediaType }: RequestFile): Blob {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  return new Blob([bytes], { type: mediaType || UNKNOWN_MEDIA_TYPE });
}
