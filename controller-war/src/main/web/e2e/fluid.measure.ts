import type { Page } from 'playwright-core';
import { preview } from 'vite';
import { test } from 'vitest';
import { launch, User } from './browser';

const PROJECT = '00000000-0000-4000-8000-000000000000';
const NODES = 1000;
const LINKS = 1500;
const COLUMNS = 40;
const SYMBOL = '../resources/io/patchbay/controller/symbol/classic/vpcs_guest.svg';
/** Where Chromium's own records of where the time goes are put, if anywhere; they cost some of it. */
const TRACES = process.env['TRACES'];
const CATEGORIES = ['devtools.timeline', 'cc', 'viz', 'disabled-by-default-devtools.timeline'];

/** Answers for a server that has nothing but what is measured. */
async function answer(page: Page): Promise<void> {
  await page.route('**/v2/**', (route) => route.fulfill({ json: [] }));
  await page.route('**/v2/version', (route) => route.fulfill({ json: { version: 'measured' } }));
  await page.route('**/v2/patchbay/caller', (route) =>
    route.fulfill({ json: { name: null, role: 'administrator', groups: [] } }),
  );
  await page.route('**/raw', (route) => route.fulfill({ contentType: 'image/svg+xml', path: SYMBOL }));
  await page.routeWebSocket('**/ws', () => undefined);
}

/** How many frames a second a lab of 1,000 nodes and 1,500 links is moved and zoomed at. */
test('panning and zooming a large lab', { timeout: 300_000 }, async () => {
  const browser = await launch();
  const user = await User.of(browser);
  const { page } = user;
  const served = await preview({ preview: { port: 0, host: '127.0.0.1' }, logLevel: 'silent' });
  await answer(page);
  const id = (kind: number, index: number) =>
    `00000000-0000-4000-800${kind}-${index.toString().padStart(12, '0')}`;
  const nodes = Array.from({ length: NODES }, (_, index) => ({
    node_id: id(1, index),
    project_id: PROJECT,
    node_type: 'vpcs',
    name: `PC${index}`,
    status: index % 3 ? 'started' : 'stopped',
    label: { text: `PC${index}`, x: null, y: -25, rotation: 0, style: null },
    symbol: ':/symbols/vpcs_guest.svg',
    width: 65,
    height: 65,
    x: (index % COLUMNS) * 120 - 2400,
    y: Math.floor(index / COLUMNS) * 120 - 1500,
    z: 1,
    ports: [],
    properties: {},
  }));
  const links = Array.from({ length: LINKS }, (_, index) => {
    const from = index % NODES;
    const to = index < NODES ? (from + 1) % NODES : (from + COLUMNS) % NODES;
    return {
      link_id: id(2, index),
      project_id: PROJECT,
      link_type: 'ethernet',
      filters: {},
      suspend: false,
      capturing: false,
      nodes: [from, to].map((node) => ({
        node_id: id(1, node),
        adapter_number: 0,
        port_number: 0,
        label: { text: 'e0' },
      })),
    };
  });
  const project = { project_id: PROJECT, name: 'large', status: 'opened', grid_size: 75 };
  const base = `**/v2/projects/${PROJECT}`;
  await page.route(base, (route) => route.fulfill({ json: project }));
  await page.route(`${base}/nodes`, (route) => route.fulfill({ json: nodes }));
  await page.route(`${base}/links`, (route) => route.fulfill({ json: links }));
  await page.route(`${base}/drawings`, (route) => route.fulfill({ json: [] }));
  await page.route(`${base}/traffic`, (route) => route.fulfill({ json: { time: 0, links: [] } }));
  await page.goto(served.resolvedUrls!.local[0]!);
  await page.getByText('No projects yet').or(page.locator('pb-project-card')).first().waitFor();
  const first = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0);
  console.log(`first view after ${first.toFixed(0)} ms`);
  const opened = Date.now();
  await page.evaluate((project) => (location.hash = `#/lab/${project}`), PROJECT);
  await page.locator('g.link').nth(LINKS - 1).waitFor({ state: 'attached' });
  console.log(`drawn after ${Date.now() - opened} ms`);
  const box = (await page.locator('pb-canvas').boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);

  const frames = async (what: string, work: () => Promise<void>) => {
    if (TRACES) {
      await browser.startTracing(page, { path: `${TRACES}/${what.replace(/\W+/g, '-')}.json`, categories: CATEGORIES });
    }
    await page.evaluate(() => {
      const times: number[] = [];
      const tick = (time: number) => {
        times.push(time);
        (window as unknown as { times: number[]; stop?: boolean }).times = times;
        if (!(window as unknown as { stop?: boolean }).stop) {
          requestAnimationFrame(tick);
        }
      };
      (window as unknown as { stop?: boolean }).stop = false;
      requestAnimationFrame(tick);
    });
    await work();
    if (TRACES) {
      await browser.stopTracing();
    }
    const times = await page.evaluate(() => {
      (window as unknown as { stop?: boolean }).stop = true;
      return (window as unknown as { times: number[] }).times;
    });
    const gaps = times.slice(1).map((time, index) => time - times[index]!).sort((a, b) => a - b);
    const at = (part: number) => gaps[Math.floor(part * (gaps.length - 1))]!.toFixed(1);
    const seconds = (times.at(-1)! - times[0]!) / 1000;
    console.log(
      `${what}: ${(gaps.length / seconds).toFixed(1)} frames/s, gap median ${at(0.5)} ms, 95% ${at(0.95)} ms, most ${at(1)} ms`,
    );
  };
  for (const scale of ['all of it', 'near']) {
    await frames(`panning, ${scale}`, async () => {
      await page.mouse.down({ button: 'middle' });
      for (let step = 0; step < 120; step++) {
        await page.mouse.move(
          box.x + box.width / 2 + 200 * Math.sin(step / 10),
          box.y + box.height / 2 + 100 * Math.cos(step / 10),
        );
      }
      await page.mouse.up({ button: 'middle' });
    });
    await frames(`zooming, ${scale}`, async () => {
      for (let step = 0; step < 60; step++) {
        await page.mouse.wheel(0, step % 40 < 20 ? -30 : 30);
      }
    });
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 600)));
    for (let step = 0; step < 8; step++) {
      await page.mouse.wheel(0, -100);
    }
  }
  await user.picture('large');
  await browser.close();
  await served.close();
});
