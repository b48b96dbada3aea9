import { PluginError, type CarrierOutput, type TrackingStatus } from '@orderloom/plugin-sdk';
import { z } from 'zod';
import { checkTrackingNumber } from './booking.ts';

/** What the drivers' phones report. */
const EVENTS = {
  loaded: { status: 'picked_up', text: 'Loaded at the depot' },
  departed: { status: 'out_for_delivery', text: 'On the van for delivery' },
  delivered: { status: 'delivered', text: 'Delivered' },
  nobody_home: { status: 'delivery_failed', text: 'Nobody was there to receive it' },
  refused: { status: 'exception', text: 'The receiver refused it' },
  damaged: { status: 'exception', text: 'Damaged' },
  back_at_depot: { status: 'returned', text: 'Back at the depot' },
} as const satisfies Record<string, { status: TrackingStatus; text: string }>;

const Report = z.object({
  trackingNumber: z.string(),
  event: z.enum(Object.keys(EVENTS) as [keyof typeof EVENTS]),
  at: z.iso.datetime(),
  note: z.string().max(400).optional(),
  place: z.string().max(200).optional(),
});

/** Rejects with WEBHOOK_UNREADABLE what no driver's phone sends, and with TRACKING_NUMBER_UNKNOWN. */
export function readReport(body: string): CarrierOutput<'webhook'> {
  const { success, data } = z.preprocess(parse, Report).safeParse(body);
  if (!success)
    throw PluginError.rejected('WEBHOOK_UNREADABLE', 'The body is not a report of the driver app.');
  const { trackingNumber, event, at, note, place } = data;
  checkTrackingNumber(trackingNumber);
  const { status, text } = EVENTS[event];
  return [
    {
      trackingNumber,
      dedupeKey: `${trackingNumber}/${event}/${at}`,
      at,
      status,
      text: note === undefined ? text : `${text}: ${note}`,
      ...(place !== undefined && { location: place }),
    },
  ];
}

function parse(body: unknown): unknown {
  try {
    return JSON.parse(String(body));
  } catch {
    return undefined;
  }
}
