import { Page, type PageProps } from '@orderloom/ui';

/** A page of the studio, which also names the browser's tab. */
export function StudioPage(props: PageProps) {
  return (
    <>
      <title>{`${props.title} · Orderloom`}</title>
      <Page {...props} />
    </>
  );
}
