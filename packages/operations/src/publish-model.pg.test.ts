import { readTemplates } from '@orderloom/templates';
import { expect, test } from 'vitest';
import { publishModel, seedDemonstration } from './index.ts';
import { openDesk, type Desk } from './test-desk.ts';

const [process] = (await readTemplates()).processes;

const publish = (desk: Desk, text: string, fileName = 'order-to-delivery.bpmn') =>
  publishModel({ platform: desk.platform, principal: desk.as('designer') }, { fileName, text });

const versionsRun = async (desk: Desk) => {
  const rows = await desk.database.asOwner<{ version: number }>(
    `select d.version from process_instance i join process_definition d on d.id = i.definition_id order by i.id`,
  );
  return rows.map(({ version }) => version);
};

test('new orders run the new version, running ones keep theirs', async () => {
  await using desk = await openDesk();
  await desk.takeIn('850-small');
  const changed = process!.text.replace('name="Pick goods"', 'name="Pick by wave"');
  expect(await publish(desk, changed)).toMatchObject([{ key: 'OrderToDelivery', version: 2, created: true }]);
  const order = await desk.order('850-small', (text) => text.replaceAll('NW-10001', 'NW-20001'));
  expect(await versionsRun(desk)).toEqual([1, 2]);
  expect(await desk.openTasks(order)).toEqual(['Pick by wave']);
});

test('the next start does not bring the shipped process back over one’s own', async () => {
  await using desk = await openDesk();
  await publish(desk, process!.text.replace('name="Pick goods"', 'name="Pick by wave"'));
  await seedDemonstration(desk.platform);
  const order = await desk.order('850-small');
  expect(await desk.openTasks(order)).toEqual(['Pick by wave']);
});

test('what is the same makes no version', async () => {
  await using desk = await openDesk();
  expect(await publish(desk, process!.text)).toMatchObject([{ version: 1, created: false }]);
});

test.each([
  ['a file that is no XML', 'order <', 'BPMN_UNREADABLE'],
  [
    'a model that cannot run',
    process!.text.replace('=review.required', '=review..required'),
    'BPMN_NOT_DEPLOYABLE',
  ],
])('%s is refused by name and changes nothing', async (_, text, code) => {
  await using desk = await openDesk();
  await expect(publish(desk, text)).rejects.toMatchObject({
    code,
    message: expect.stringContaining('order-to-delivery.bpmn'),
    fix: expect.any(String),
  });
  await desk.takeIn('850-small');
  expect(await versionsRun(desk)).toEqual([1]);
});

test('who may not publish is told who may', async () => {
  await using desk = await openDesk();
  await expect(
    publishModel(
      { platform: desk.platform, principal: desk.as('finance') },
      { fileName: 'x.bpmn', text: process!.text },
    ),
  ).rejects.toMatchObject({ code: 'FORBIDDEN', fix: expect.stringContaining('designer') });
});
