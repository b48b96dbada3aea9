import { createPlugin } from '@orderloom/plugin-sdk';
import { bookingOf, checkTrackingNumber } from './booking.ts';
import { readReport } from './driver-app.ts';
import { drawLabel } from './label.ts';
import { checkSscc } from './sscc.ts';
import { checkParcels, priceOf, serviceOf, services, Tariff } from './tariff.ts';
import { texts } from './texts.ts';

const plugin = createPlugin({
  id: 'orderloom.own-fleet',
  version: '1.0.0',
  contract: '^1.0',
  title: 'Own fleet',
  config: Tariff,
  texts,
});

/** Delivery by the company's own vans. Nothing leaves the house: no network, no account, no bill. */
export const ownFleet = plugin.carrier({
  id: 'own-fleet',
  title: 'Own fleet',
  services,

  /** Rejects with NO_PARCELS, PARCEL_TOO_HEAVY. */
  async rates({ parcels }, ctx) {
    checkParcels(parcels);
    return services.map(({ code }) => ({
      service: code,
      price: priceOf(ctx.config, code, parcels),
      transitDays: code === 'same-day' ? 0 : 1,
    }));
  },

  /** Rejects with SERVICE_UNKNOWN, NO_PARCELS, PARCEL_TOO_HEAVY, SSCC_CHECK_DIGIT. */
  async ship({ service: code, orderNumber, from, to, parcels }, ctx) {
    const service = serviceOf(code);
    checkParcels(parcels);
    for (const { sscc } of parcels) checkSscc(sscc);

    const booking = bookingOf(ctx.idempotencyKey);
    const labels = [];
    for (const [index, { sscc, weightGrams }] of parcels.entries()) {
      ctx.signal.throwIfAborted();
      const { pdf, missing } = await drawLabel({
        sender: from,
        receiver: to,
        sscc,
        words: {
          from: ctx.t('from'),
          to: ctx.t('to'),
          service: ctx.t(service.code),
          facts: [
            [ctx.t('order'), orderNumber],
            [ctx.t('parcel'), ctx.t('parcel-of', { index: index + 1, count: parcels.length })],
            [ctx.t('weight'), `${(weightGrams / 1000).toFixed(2)} kg`],
            [ctx.t('tracking'), booking.trackingNumber],
          ],
        },
      });
      if (missing > 0) ctx.log.warn('characters the label cannot print were replaced', { sscc, missing });
      labels.push({
        mediaType: 'application/pdf' as const,
        base64: Buffer.from(pdf).toString('base64'),
        parcelSscc: sscc,
      });
    }
    return { ...booking, labels, price: priceOf(ctx.config, service.code, parcels) };
  },

  /** The drivers' phones push what happens; there is no more to be asked for. */
  async track({ trackingNumber }) {
    checkTrackingNumber(trackingNumber);
    return { status: 'pending', events: [] };
  },

  /** There is nobody to tell: a label that is not loaded is not delivered. */
  async cancel() {
    return { cancelled: true };
  },

  webhook: { parse: async ({ body }) => readReport(body) },
});

export default plugin.contributes(ownFleet);
