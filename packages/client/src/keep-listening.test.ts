import { expect, test } from 'vitest';
import { keepListening, reconnectDelayMs } from './keep-listening.ts';

function listened() {
  const log: string[] = [];
  let end = () => {};
  let event = () => {};
  let elapse = () => {};
  const stop = keepListening({
    open: (onEvent, onEnd) => {
      log.push('open');
      [event, end] = [onEvent, onEnd];
      return () => log.push('close');
    },
    onEvent: () => log.push('event'),
    wait: (ms, then) => {
      log.push(`wait ${ms}`);
      elapse = then;
      return () => log.push('forget');
    },
  });
  return { log, stop, end: () => end(), event: () => event(), elapse: () => elapse() };
}

test('an open stream tells of every event', () => {
  const { log, event } = listened();
  event();
  event();
  expect(log).toEqual(['open', 'event', 'event']);
});

test('a stream that ended is opened again, and its return counts as an event', () => {
  const { log, end, elapse } = listened();
  end();
  elapse();
  expect(log).toEqual(['open', 'wait 1000', 'event', 'open']);
});

test('it waits longer while nothing comes, and starts over after an event', () => {
  const { log, end, elapse, event } = listened();
  end();
  elapse();
  end();
  elapse();
  event();
  end();
  expect(log.filter((line) => line.startsWith('wait'))).toEqual(['wait 1000', 'wait 2000', 'wait 1000']);
});

test('stopped, it closes the stream or forgets the next try', () => {
  const open = listened();
  open.stop();
  expect(open.log).toEqual(['open', 'close']);
  const waiting = listened();
  waiting.end();
  waiting.stop();
  expect(waiting.log).toEqual(['open', 'wait 1000', 'forget']);
});

test('never waits longer than half a minute', () => {
  expect(reconnectDelayMs(50)).toBe(30_000);
});
