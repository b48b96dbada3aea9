import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';

const candidates = [
  process.env['CHROMIUM'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];
const executable = candidates.find((file) => file !== undefined && existsSync(file));

/** Browser journeys run where a Chromium is installed; CI demands one, so that none is left out unseen. */
export const hasChromium = executable !== undefined || process.env['ORDERLOOM_REQUIRE_CHROMIUM'] === '1';

export async function openBrowser(): Promise<Browser> {
  if (executable === undefined) throw new Error('No Chromium found. Install it, or name it in CHROMIUM.');
  return chromium.launch({
    executablePath: executable,
    // Containers have no sandbox to offer, and nothing here needs the network.
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--disable-background-networking',
      '--disable-sync',
    ],
  });
}

const folder = fileURLToPath(new URL('../../../.screenshots/', import.meta.url));

/** Leaves a picture in `.screenshots/`, for people to look at. */
export async function screenshot(page: Page, name: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: path.join(folder, `${name}.png`) });
}
