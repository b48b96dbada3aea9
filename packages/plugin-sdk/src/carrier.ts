import { z } from 'zod';
import { Address } from './address.ts';
import type { Context } from './context.ts';
import { operation, type Contribution, type Operation } from './contribution.ts';
import { DecimalText, Money } from './money.ts';
import type { PluginDefinition } from './plugin-definition.ts';

/** What a carrier needs to price a parcel: grams and millimetres. */
export const ParcelSize = z.object({
  weightGrams: z.int().positive(),
  lengthMm: z.int().positive(),
  widthMm: z.int().positive(),
  heightMm: z.int().positive(),
});
export type ParcelSize = z.output<typeof ParcelSize>;

/** A packed parcel. `sscc` is its serial shipping container code: 18 digits (GS1 General Specifications, AI 00). */
export const Parcel = ParcelSize.extend({
  sscc: z.string().regex(/^\d{18}$/, '18 digits'),
  contents: z.array(z.object({ sku: z.string(), quantity: DecimalText, name: z.string() })),
});
export type Parcel = z.output<typeof Parcel>;

export const Label = z.object({
  mediaType: z.enum(['application/pdf', 'image/png', 'application/zpl']),
  base64: z.base64(),
  /** The parcel it is for, when there is a label per parcel. */
  parcelSscc: z.string().optional(),
});
export type Label = z.output<typeof Label>;

/**
 * Where a shipment is. A carrier maps its own words to these nine. Against the fourteen of the common
 * multi-carrier vocabularies: `unknown` is `pending`, `delivery_delayed` is `in_transit` (the text says
 * why), `on_hold` and `cancelled` are `exception`, `return_to_sender` is `returned`.
 */
export const TrackingStatus = z.enum([
  'pending', // announced; the carrier has not got it
  'picked_up',
  'in_transit',
  'out_for_delivery',
  'ready_for_pickup', // waits for the receiver at a shop or locker
  'delivered',
  'delivery_failed', // an attempt that failed; another may follow
  'exception', // needs a person: held, damaged, lost, refused by customs
  'returned', // on its way back to the sender or there
]);
export type TrackingStatus = z.output<typeof TrackingStatus>;

export const TrackingEvent = z.object({
  /** When it happened, by the carrier's clock. UTC. */
  at: z.iso.datetime(),
  status: TrackingStatus,
  text: z.string().max(500),
  location: z.string().max(200).optional(),
});
export type TrackingEvent = z.output<typeof TrackingEvent>;

/** What the carrier of a kind asks besides the address: signature, insurance ... its own `options` schema says. */
const AnyOptions = z.record(z.string(), z.json()).default({});

/** The wire contract of a carrier. The host checks each call against it, whatever the plugin says. */
export const carrierContract = {
  rates: {
    input: z.object({ from: Address, to: Address, parcels: z.array(ParcelSize), options: AnyOptions }),
    output: z.array(
      z.object({ service: z.string(), price: Money, transitDays: z.number().nonnegative().optional() }),
    ),
  },
  /** Called again with the same idempotency key, it answers the same: no second booking, no other label. */
  ship: {
    input: z.object({
      orderId: z.string().min(1),
      /** As people know the order; printed on the label. */
      orderNumber: z.string().min(1).max(50),
      /** One of the declared service codes. */
      service: z.string(),
      from: Address,
      to: Address,
      parcels: z.array(Parcel),
      options: AnyOptions,
    }),
    output: z.object({
      /** The carrier's own name of the booking; what `cancel` needs. */
      carrierRef: z.string().min(1),
      trackingNumber: z.string().min(1),
      labels: z.array(Label),
      price: Money.optional(),
    }),
  },
  /**
   * What the carrier knows by itself, oldest event first. Events add to what is known; an answer without
   * events changes nothing. `status` is that of the last event, or `pending`.
   */
  track: {
    input: z.object({ trackingNumber: z.string().min(1) }),
    output: z.object({ status: TrackingStatus, events: z.array(TrackingEvent) }),
  },
  /** `cancelled: false` means too late. Cancelling twice is `true` twice. */
  cancel: {
    input: z.object({ carrierRef: z.string().min(1) }),
    output: z.object({ cancelled: z.boolean() }),
  },
  /** Turns a pushed message, whose sender the host has authenticated, into tracking events. */
  webhook: {
    input: z.object({ headers: z.record(z.string(), z.string()), body: z.string().max(1_000_000) }),
    output: z.array(
      TrackingEvent.extend({
        trackingNumber: z.string().min(1),
        /** The same for the same news, however often it is pushed. */
        dedupeKey: z.string().min(1).max(200),
      }),
    ),
  },
} as const;

type Contract = typeof carrierContract;
export type CarrierOperation = keyof Contract;
/** What a caller gives and gets; a carrier sees the same with its own `options` filled in. */
export type CarrierInput<O extends CarrierOperation> = z.input<Contract[O]['input']>;
export type CarrierOutput<O extends CarrierOperation> = z.output<Contract[O]['output']>;

type Given<O extends CarrierOperation> = z.output<Contract[O]['input']>;
type GivenWithOptions<O extends 'rates' | 'ship', S extends z.ZodObject> = Omit<Given<O>, 'options'> & {
  readonly options: z.output<S>;
};
type Answer<O extends CarrierOperation> = Promise<z.input<Contract[O]['output']>>;

/** What a plugin author writes for a carrier. */
export interface CarrierDefinition<P extends PluginDefinition, S extends z.ZodObject> {
  readonly id: string;
  readonly title: string;
  readonly services: readonly { readonly code: string; readonly title: string }[];
  /** What a shipper may choose; becomes the form on the booking step. Every field needs a default or be optional to be skippable. */
  readonly options?: S;
  rates(this: void, input: GivenWithOptions<'rates', S>, ctx: Context<P>): Answer<'rates'>;
  ship(this: void, input: GivenWithOptions<'ship', S>, ctx: Context<P>): Answer<'ship'>;
  track(this: void, input: Given<'track'>, ctx: Context<P>): Answer<'track'>;
  cancel?(this: void, input: Given<'cancel'>, ctx: Context<P>): Answer<'cancel'>;
  readonly webhook?: { parse(this: void, input: Given<'webhook'>, ctx: Context<P>): Answer<'webhook'> };
}

export interface Carrier extends Contribution {
  readonly kind: 'carrier';
  readonly services: CarrierDefinition<PluginDefinition, z.ZodObject>['services'];
  readonly options: z.ZodObject;
}

/** A carrier that leaves nothing to choose. */
export const NoOptions = z.object({});

/** What `plugin.carrier(...)` makes of a definition, with the plugin's context type bound. */
export function carrier<P extends PluginDefinition, S extends z.ZodObject>(
  definition: CarrierDefinition<P, S>,
): CarrierDefinition<P, S> & Carrier {
  const options = (definition.options ?? NoOptions) as S;
  const chosen = { options: options.prefault({} as never) };
  const { rates, ship, track, cancel, webhook } = carrierContract;

  const operations: Record<string, Operation> = {
    rates: operation(rates.input.extend(chosen), rates.output, definition.rates),
    ship: operation(ship.input.extend(chosen), ship.output, definition.ship),
    track: operation(track.input, track.output, definition.track),
    ...(definition.cancel && { cancel: operation(cancel.input, cancel.output, definition.cancel) }),
    ...(definition.webhook && {
      webhook: operation(webhook.input, webhook.output, definition.webhook.parse),
    }),
  };
  return { ...definition, kind: 'carrier', options, operations };
}
