import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { must } from '@orderloom/kernel';
import type { Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { hasChromium, openBrowser, screenshot } from './test-browser.ts';
import { openTestServer, type TestServer } from './test-server.ts';

test.runIf(hasChromium)('finance signs in, reads why an order is held, and approves it', async () => {
  const { server, page } = await open();
  const number = await takeIn(server, '850-large');

  await signIn(server, page, 'finance');
  await page
    .getByRole('link', { name: /my tasks/i })
    .first()
    .click();
  await page.getByRole('heading', { level: 1, name: 'My tasks' }).waitFor();
  await screenshot(page, 'tasks');

  await page.getByRole('link', { name: 'Review order' }).first().click();
  await page.getByText('The order is over the limit of 10,000').first().waitFor();
  await screenshot(page, 'task');
  expect(await accessibilityFaults(page)).toEqual([]);

  await page.getByRole('radio', { name: 'Yes' }).check({ force: true });
  await page.getByRole('textbox', { name: /why/i }).fill('Framework contract, paid on time for years.');
  await page.getByRole('button', { name: 'Complete task' }).click();
  await page.getByText('“Review order” is done').first().waitFor();

  await page.goto(`${server.url}/orders`);
  await page.getByRole('link', { name: number }).first().click();
  await page.getByRole('heading', { level: 1, name: new RegExp(number) }).waitFor();
  await page.getByText('Framework contract, paid on time for years.').first().waitFor();
  await page.getByRole('application').first().waitFor(); // the drawing
  await screenshot(page, 'order');
  expect(await accessibilityFaults(page)).toEqual([]);
});

test.runIf(hasChromium)('a form that is not filled in says so at the field and keeps the task', async () => {
  const { server, page } = await open();
  await takeIn(server, '850-large');
  await signIn(server, page, 'finance');
  await page.goto(`${server.url}/tasks`);
  await page.getByRole('link', { name: 'Review order' }).first().click();
  await page.getByRole('button', { name: 'Complete task' }).click();
  await expect.poll(() => page.locator('[aria-invalid="true"]').count()).toBeGreaterThan(0);
  expect(await page.evaluate(() => document.activeElement?.tagName)).toMatch(/INPUT|TEXTAREA/);
});

test.runIf(hasChromium)('a wrong password is said, and gives nothing away', async () => {
  const { server, page } = await open();
  await page.goto(server.url);
  await page.getByLabel('E-mail').fill('finance@demo.example');
  await page.getByLabel('Password').fill('not the password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('alert').first().waitFor();
  await screenshot(page, 'sign-in');
  expect(await accessibilityFaults(page)).toEqual([]);
});

async function open(): Promise<{ server: TestServer; page: Page }> {
  const server = await openTestServer();
  onTestFinished(() => server[Symbol.asyncDispose]());
  const browser = await openBrowser();
  onTestFinished(() => browser.close());
  const page = await browser.newPage({ viewport: { width: 1400, height: 1000 }, locale: 'en-US' });
  page.on('pageerror', (error) => {
    throw error;
  });
  return { server, page };
}

async function takeIn(server: TestServer, document: string): Promise<string> {
  const operations = await server.signIn('operations');
  const body = await readFile(
    new URL(`../../../packages/templates/documents/${document}.edi`, import.meta.url),
  );
  const answer = await operations.fetch('/intake', { method: 'POST', body });
  const { transactions } = (await answer.json()) as { transactions: { order: { number: string } }[] };
  return must(transactions[0], 'a transaction').order.number;
}

async function signIn(server: TestServer, page: Page, role: string): Promise<void> {
  const { email, password } = must(
    server.signIns.find((person) => person.role === role),
    role,
  );
  await page.goto(server.url);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('navigation').first().waitFor();
}

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds against WCAG 2.2 AA, by rule and place. The policy of the page forbids scripts but its own. */
async function accessibilityFaults(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { violations } = await (
      globalThis as unknown as {
        axe: { run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
      }
    ).axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] });
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 120)}`));
  });
}
