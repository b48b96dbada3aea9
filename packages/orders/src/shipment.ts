/** The one status list that every carrier's codes are mapped to. */
export const TRACKING_STATUSES = [
  'pending',
  'picked_up',
  'in_transit',
  'out_for_delivery',
  'ready_for_pickup',
  'delivered',
  'delivery_failed',
  'exception',
  'returned',
] as const;

export type TrackingStatus = (typeof TRACKING_STATUSES)[number];

export function isTrackingStatus(value: string): value is TrackingStatus {
  return (TRACKING_STATUSES as readonly string[]).includes(value);
}

export interface TrackedEvent {
  /** The carrier's own id of the event, or a hash of it: the same event told twice is one event. */
  readonly dedupeKey: string;
  readonly status: TrackingStatus;
  readonly occurredAt: Date;
}

export interface ShipmentState<Event extends TrackedEvent> {
  readonly status: TrackingStatus;
  /** When the shipment came to that status; null while nothing is known. */
  readonly since: Date | null;
  /** Each event once, by the time it happened. */
  readonly timeline: readonly Event[];
}

/** How far along its way a parcel is. Trouble has no place on the way. */
const PROGRESS: Readonly<Record<TrackingStatus, number | null>> = {
  pending: 0,
  picked_up: 1,
  in_transit: 2,
  out_for_delivery: 3,
  ready_for_pickup: 3,
  delivered: 4,
  returned: 5,
  delivery_failed: null,
  exception: null,
};

/** A parcel in trouble has at least been picked up; any later scan takes it on. */
const AFTER_TROUBLE = 1;

/**
 * Where a shipment is, from everything its carrier ever said, in whatever order and however often it was
 * said. The status moves forward only: a late or wrongly clocked scan changes nothing, a delivered parcel
 * can only be returned, a returned one nothing more. Trouble (`exception`, `delivery_failed`) lets the
 * parcel set out again.
 */
export function shipmentState<Event extends TrackedEvent>(events: readonly Event[]): ShipmentState<Event> {
  const ordered = events.toSorted(byOccurrence);
  const timeline = [...Map.groupBy(ordered, ({ dedupeKey }) => dedupeKey).values()].flatMap((told) =>
    told.slice(0, 1),
  );
  const start: Pick<ShipmentState<Event>, 'status' | 'since'> = { status: 'pending', since: null };
  const { status, since } = timeline.reduce(
    (state, event) =>
      follows(state.status, event.status) ? { status: event.status, since: event.occurredAt } : state,
    start,
  );
  return { status, since, timeline };
}

function follows(current: TrackingStatus, next: TrackingStatus): boolean {
  if (current === 'returned') return false;
  if (current === 'delivered') return next === 'returned';
  const from = PROGRESS[current];
  const to = PROGRESS[next];
  if (to === null) return next !== current;
  return to > (from ?? AFTER_TROUBLE);
}

/** By time; of two at one instant the one further along last, so that it wins. */
function byOccurrence(a: TrackedEvent, b: TrackedEvent): number {
  return (
    a.occurredAt.getTime() - b.occurredAt.getTime() ||
    TRACKING_STATUSES.indexOf(a.status) - TRACKING_STATUSES.indexOf(b.status) ||
    (a.dedupeKey < b.dedupeKey ? -1 : 1)
  );
}
