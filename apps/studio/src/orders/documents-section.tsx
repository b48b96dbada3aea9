import { formatDateTime, Link, Section, usePreferences, useTranslate } from '@orderloom/ui';
import { FileText, Inbox } from 'lucide-react';
import { knownId, orderMessages, plainWords } from './messages.ts';
import type { OrderDetails } from './order-queries.ts';

/** The papers of an order: what it came from, what was answered, and what was made for it. */
export function DocumentsSection({ order }: { readonly order: OrderDetails }) {
  const t = useTranslate(orderMessages);
  const { locale } = usePreferences();
  const { documents, intakeDocument } = order;
  return (
    <Section title={t('documents')}>
      {documents.length === 0 && !intakeDocument && <p className="text-text-muted">{t('noDocuments')}</p>}
      <ul className="flex flex-col gap-3">
        {intakeDocument && (
          <li className="flex flex-col gap-2">
            <div className="flex items-start gap-2.5">
              <Inbox aria-hidden className="mt-0.5 size-4 shrink-0 text-text-muted" />
              <div className="min-w-0">
                <Link href={`/inbound/${intakeDocument.id}`}>
                  {intakeDocument.fileName ?? intakeDocument.format}
                </Link>
                <p className="text-xs text-text-muted">
                  {t('intake')} · {formatDateTime(intakeDocument.receivedAt, locale)}
                </p>
              </div>
            </div>
            {intakeDocument.acknowledgement && (
              <details className="ms-6.5">
                <summary className="w-fit cursor-pointer text-accent">{t('acknowledgement')}</summary>
                <pre
                  // Scrolls on its own, so the keyboard must reach it.
                  tabIndex={0}
                  className="mt-2 overflow-x-auto rounded-md bg-sunken p-3 font-mono text-xs"
                >
                  {intakeDocument.acknowledgement}
                </pre>
              </details>
            )}
          </li>
        )}
        {documents.map(({ id, kind, fileName, url, createdAt }) => {
          const known = knownId('document', kind);
          return (
            <li key={id} className="flex items-start gap-2.5">
              <FileText aria-hidden className="mt-0.5 size-4 shrink-0 text-text-muted" />
              <div className="min-w-0">
                <Link href={url} target="_blank">
                  {fileName}
                </Link>
                <p className="text-xs text-text-muted">
                  {known ? t(known) : plainWords(kind)} · {formatDateTime(createdAt, locale)}
                </p>
              </div>
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
