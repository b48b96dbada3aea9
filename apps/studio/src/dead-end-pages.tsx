import { useViewer } from '@orderloom/client';
import { Button, EmptyState, Link, useTranslate } from '@orderloom/ui';
import { Compass, Lock, TriangleAlert } from 'lucide-react';
import { studioMessages } from './messages.ts';
import { StudioPage } from './studio-page.tsx';

export function NotFoundPage() {
  const t = useTranslate(studioMessages);
  return (
    <StudioPage title={t('notFoundTitle')}>
      <EmptyState
        icon={Compass}
        title={t('notFoundText')}
        action={<Link href="/orders">{t('toOrders')}</Link>}
      />
    </StudioPage>
  );
}

export function ForbiddenPage() {
  const t = useTranslate(studioMessages);
  const { tenant } = useViewer();
  return (
    <StudioPage title={t('forbiddenTitle')}>
      <EmptyState
        icon={Lock}
        title={t('forbiddenText', { tenant: tenant.name })}
        action={<Link href="/orders">{t('toOrders')}</Link>}
      />
    </StudioPage>
  );
}

/** Where a bug of ours ends; the rest of the studio goes on. */
export function FailedPage() {
  const t = useTranslate(studioMessages);
  return (
    <StudioPage title={t('failedTitle')}>
      <EmptyState
        icon={TriangleAlert}
        title={t('failedText')}
        action={
          <Button variant="primary" onPress={() => location.reload()}>
            {t('reload')}
          </Button>
        }
      />
    </StudioPage>
  );
}
