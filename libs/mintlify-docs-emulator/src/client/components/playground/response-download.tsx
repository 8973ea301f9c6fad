import { useEffect, useState } from 'react';
import { base64Size, byteSize } from '../../../shared/byte-size.js';
import type { RelayedResponse } from '../../../shared/playground-types.js';
import { fetchBody } from '../../../shared/request-body.js';
import { fileNameOf } from './response-file.js';

/** Props of a download. */
export interface ResponseDownloadProps {
  response: RelayedResponse;
  base64: string;
  /** Of the request. */
  url: string;
}

/**
 * A link that saves the body of a response, with its name and size.
 *
 * @example
 * <ResponseDownload response={response} base64={response.body.base64} url={url} />
 */
export function ResponseDownload({ response, base64, url }: ResponseDownloadProps) {
  const [href, setHref] = useState<string>();
  const { mediaType, cut } = response;
  const name = fileNameOf(response, url);
  useEffect(() => {
    const address = URL.createObjectURL(fetchBody({ name, mediaType, base64 }) as Blob);
    setHref(address);
    return () => URL.revokeObjectURL(address);
  }, [name, mediaType, base64]);
  return (
    <p className="playground-download">
      <a href={href} download={name} data-testid="playground-download">
        Download {name}
      </a>{' '}
      <span className="playground-note">
        {mediaType || 'unknown type'}, {cut ? 'the first ' : ''}
        {byteSize(base64Size(base64))}
      </span>
    </p>
  );
}
