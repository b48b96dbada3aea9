import {
  Badge,
  Facts,
  formatDateTime,
  formatMoney,
  Link,
  Section,
  Timeline,
  usePreferences,
  useTranslate,
  type Tone,
} from '@orderloom/ui';
import { formatWeight } from './formats.ts';
import { knownId, orderMessages, plainWords, pluginWords } from './messages.ts';
import type { OrderDetails, ShipmentDetails } from './order-queries.ts';
import { RecordTrackingButton } from './record-tracking-button.tsx';
import { trackingWords } from './timeline-words.ts';

/** What left or will leave the house: parcels with their labels, and what the carrier says about them. */
export function ShipmentsSection({ order }: { readonly order: OrderDetails }) {
  const t = useTranslate(orderMessages);
  const mayRecord = order.allowedActions.includes('RECORD_TRACKING');
  return (
    <Section title={t('shipments')}>
      {order.shipments.length === 0 ? (
        <p className="text-text-muted">{t('noShipments')}</p>
      ) : (
        <ul className="flex flex-col divide-y divide-line">
          {order.shipments.map((shipment) => (
            <li key={shipment.id} className="py-4 first:pt-0 last:pb-0">
              <Shipment shipment={shipment} mayRecord={mayRecord} />
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function Shipment({
  shipment,
  mayRecord,
}: {
  readonly shipment: ShipmentDetails;
  readonly mayRecord: boolean;
}) {
  const t = useTranslate(orderMessages);
  const { locale } = usePreferences();
  const { trackingNumber, price, events } = shipment;
  const service = knownId('service', shipment.service);
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h3 className="flex flex-wrap items-center gap-x-3 gap-y-1 font-medium">
          {t('shipmentBy', {
            carrier: pluginWords(shipment.carrier),
            service: service ? t(service) : plainWords(shipment.service),
          })}
          <Badge tone={shipmentTone(shipment.state)}>{trackingWords(shipment.state, t)}</Badge>
        </h3>
        {mayRecord && trackingNumber !== null && <RecordTrackingButton trackingNumber={trackingNumber} />}
      </div>
      <Facts
        facts={[
          {
            label: t('trackingNumber'),
            value: trackingNumber ? <span className="font-mono">{trackingNumber}</span> : t('notBooked'),
          },
          ...(price ? [{ label: t('price'), value: formatMoney(price.amount, price.currency, locale) }] : []),
          ...(shipment.deliveredAt
            ? [{ label: t('delivered'), value: formatDateTime(shipment.deliveredAt, locale) }]
            : []),
        ]}
      />
      <Parcels parcels={shipment.parcels} />
      {events.length > 0 ? (
        <Timeline
          label={t('trackingEvents', { number: trackingNumber ?? '' })}
          entries={events.toReversed().map(({ id, status, text, place, occurredAt }) => ({
            id,
            title: trackingWords(status, t),
            at: occurredAt,
            who: place ?? undefined,
            // Whoever had nothing to add recorded the status as the text.
            why: text === trackingWords(status, t) ? undefined : text,
            tone: shipmentTone(status),
          }))}
        />
      ) : (
        trackingNumber !== null && <p className="text-text-muted">{t('noTracking')}</p>
      )}
    </div>
  );
}

function Parcels({ parcels }: Pick<ShipmentDetails, 'parcels'>) {
  const t = useTranslate(orderMessages);
  const { locale } = usePreferences();
  return (
    <ul aria-label={t('parcels')} className="flex flex-col gap-2">
      {parcels.map(({ sscc, sequence, weightGrams, lengthMm, widthMm, heightMm, label }) => (
        <li
          key={sscc}
          className="flex flex-wrap items-baseline gap-x-6 gap-y-1 rounded-md bg-sunken px-3 py-2"
        >
          <span className="font-medium">{t('parcel', { sequence })}</span>
          <span className="min-w-0">
            <span className="text-xs text-text-muted">{t('sscc')}</span>{' '}
            <span className="font-mono break-all">(00) {sscc}</span>
          </span>
          <span>{formatWeight(weightGrams, locale)}</span>
          <span className="flex-1 whitespace-nowrap">
            {lengthMm / 10} × {widthMm / 10} × {heightMm / 10} cm
          </span>
          {label ? (
            <Link href={label.url} target="_blank" aria-label={t('openLabelOf', { sequence })}>
              {t('openLabel')}
            </Link>
          ) : (
            <span className="text-text-muted">{t('noLabel')}</span>
          )}
        </li>
      ))}
    </ul>
  );
}

function shipmentTone(status: string): Tone {
  if (status === 'delivered') return 'success';
  if (status === 'delivery_failed' || status === 'returned') return 'danger';
  if (status === 'exception') return 'warning';
  return status === 'pending' ? 'neutral' : 'accent';
}
