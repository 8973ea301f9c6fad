import { useRef } from 'react';
import type { ComponentProps } from 'react';
import { docsHref } from '../page-data.js';

/** Props of an image. */
export type DocsImageProps = ComponentProps<'img'> & {
  /** Without the larger view. */
  noZoom?: boolean;
};

/**
 * An image in a page, which a click shows larger. Paths inside the docs get the base path.
 *
 * @example
 * <DocsImage src="/images/map.png" alt="Map" />
 */
export function DocsImage({ src, alt = '', noZoom = false, ...rest }: DocsImageProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  if (noZoom) return <img {...rest} src={docsHref(src)} alt={alt} />;
  return (
    <>
      <img
        {...rest}
        src={docsHref(src)}
        alt={alt}
        data-zoom="true"
        onClick={(event) => {
          // A click on an image in a link follows the link.
          if (event.currentTarget.closest('a, button')) return;
          dialog.current?.showModal();
        }}
      />
      <dialog
        ref={dialog}
        className="image-zoom"
        aria-label={alt || 'Image'}
        onClick={() => dialog.current?.close()}
      >
        <img src={docsHref(src)} alt={alt} loading="lazy" />
      </dialog>
    </>
  );
}
