import { must } from '@orderloom/kernel';
import { expect, test } from 'vitest';
import { claimTask, completeTask, releaseTask } from './index.ts';
import { openDesk, parcels, type Desk } from './test-desk.ts';

async function openReview(desk: Desk): Promise<string> {
  await desk.takeIn('850-large');
  const [task] = await desk.database.asOwner<{ id: string }>(`select id from user_task where state = 'OPEN'`);
  return must(task, 'the review').id;
}

const approval = { approved: true, note: 'Checked with the customer.' };

test('a task is finished by somebody of the role it is offered to, not by others', async () => {
  await using desk = await openDesk();
  const taskId = await openReview(desk);
  const { platform } = desk;
  await expect(
    completeTask({ platform, principal: desk.as('operations') }, { taskId, variables: approval }),
  ).rejects.toMatchObject({ code: 'FORBIDDEN', fix: expect.stringContaining('finance') });
  // whoever may not even see it learns nothing
  await expect(
    completeTask({ platform, principal: desk.as('warehouse') }, { taskId, variables: approval }),
  ).rejects.toMatchObject({ code: 'TASK_NOT_FOUND' });
  await completeTask({ platform, principal: desk.as('finance') }, { taskId, variables: approval });
});

test.each([
  ['a field that is missing', { approved: true }, 'variables'],
  ['a field of the wrong type', { ...approval, approved: 'yes' }, 'variables.approved'],
  ['a text that is too short', { ...approval, note: '?' }, 'variables.note'],
  ['a field nobody asked for', { ...approval, limit: 1 }, 'variables.limit'],
])('%s is named', async (_, variables, field) => {
  await using desk = await openDesk();
  const taskId = await openReview(desk);
  await expect(
    completeTask({ platform: desk.platform, principal: desk.as('finance') }, { taskId, variables }),
  ).rejects.toMatchObject({ code: 'TASK_FORM', field });
});

test('the same key gives the same answer; a second completion is too late', async () => {
  await using desk = await openDesk();
  const taskId = await openReview(desk);
  const call = { platform: desk.platform, principal: desk.as('finance'), idempotencyKey: 'tap-1' };
  const first = await completeTask(call, { taskId, variables: approval });
  expect(await completeTask(call, { taskId, variables: approval })).toEqual(first);
  await expect(
    completeTask({ ...call, idempotencyKey: 'tap-2' }, { taskId, variables: approval }),
  ).rejects.toMatchObject({
    code: 'TASK_NOT_OPEN',
  });
  await expect(
    completeTask(call, { taskId, variables: { approved: false, note: 'Another mind.' } }),
  ).rejects.toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' });
});

test('two who finish a task at the same instant: one does', async () => {
  await using desk = await openDesk();
  const taskId = await openReview(desk);
  const answers = await Promise.allSettled(
    ['approve', 'refuse'].map((key) =>
      completeTask(
        { platform: desk.platform, principal: desk.as('finance'), idempotencyKey: key },
        { taskId, variables: { approved: key === 'approve', note: key } },
      ),
    ),
  );
  expect(answers.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  expect(answers.find(({ status }) => status === 'rejected')).toMatchObject({
    reason: { code: 'TASK_NOT_OPEN' },
  });
});

test('a taken task is not another one’s until it is put back', async () => {
  await using desk = await openDesk();
  const taskId = await openReview(desk);
  const { platform } = desk;
  const ada = { ...desk.as('finance'), id: 'ada' };
  const bob = { ...desk.as('finance'), id: 'bob' };
  await claimTask({ platform, principal: ada }, { taskId });
  await expect(claimTask({ platform, principal: bob }, { taskId })).rejects.toMatchObject({
    code: 'TASK_TAKEN',
  });
  await expect(
    completeTask({ platform, principal: bob }, { taskId, variables: approval }),
  ).rejects.toMatchObject({
    code: 'TASK_TAKEN',
  });
  await releaseTask({ platform, principal: ada }, { taskId });
  await completeTask({ platform, principal: bob }, { taskId, variables: approval });
});

test('an id that is no id, or nobody’s, is not found', async () => {
  await using desk = await openDesk();
  for (const taskId of ['', 'x', "' or 1=1", '01a204a5-b1d7-7000-a59f-b4ca09c6eb08']) {
    await expect(
      claimTask({ platform: desk.platform, principal: desk.as('owner') }, { taskId }),
    ).rejects.toMatchObject({ code: 'TASK_NOT_FOUND' });
  }
});

test('whoever watches an order is told of what moves no process: a task that is taken, a scan on the way', async () => {
  await using desk = await openDesk();
  const order = await desk.order('850-small');
  const told: (string | null)[] = [];
  desk.platform.runtime.onChange(({ businessKey }) => told.push(businessKey));
  const [task] = await desk.database.asOwner<{ id: string }>(`select id from user_task where state = 'OPEN'`);
  const call = { platform: desk.platform, principal: desk.as('warehouse') };
  await expect(claimTask(call, { taskId: 'none' })).rejects.toThrow();
  await claimTask(call, { taskId: must(task, 'a task').id });
  await expect.poll(() => told).toEqual([order]);

  await releaseTask(call, { taskId: must(task, 'a task').id });
  await desk.pickAll(order);
  await desk.complete(order, 'Pack goods', { parcels, service: 'standard' });
  await expect.poll(() => told.length).toBeGreaterThan(1);
  const before = told.length;
  await desk.track(order, 'in_transit');
  await expect.poll(() => told.slice(before)).toContain(order);
});
