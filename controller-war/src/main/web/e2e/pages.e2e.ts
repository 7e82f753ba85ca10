import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listed, violations, violationsInBoth } from './axe';
import { launch, NAME, OTHER, prepare, SERVER, until, User } from './browser';
import { behindPrefix } from './prefix-proxy';

const NOW = Date.now();
const IMAGE = Buffer.from(`a small disk ${NOW}`);
const APPLIANCE = {
  name: 'box.gns3a',
  mimeType: 'application/json',
  buffer: Buffer.from(
    JSON.stringify({
      name: `Box ${NOW}`,
      category: 'guest',
      description: 'A machine that is small.',
      registry_version: 4,
      status: 'stable',
      symbol: ':/symbols/qemu_guest.svg',
      qemu: { arch: 'x86_64', ram: 32, adapters: 2, adapter_type: 'e1000', console_type: 'vnc' },
      images: [
        {
          filename: `box-${NOW}.img`,
          version: '1.0',
          md5sum: createHash('md5').update(IMAGE).digest('hex'),
          filesize: IMAGE.length,
        },
      ],
      versions: [{ name: '1.0', images: { hda_disk_image: `box-${NOW}.img` } }],
    }),
  ),
};

/** What is in each side panel once it is loaded. */
const PANELS = {
  Details: 'pb-node-details dl',
  Snapshots: 'pb-snapshots form',
  Guide: 'pb-guide button',
  Log: 'pb-log select',
};

let browser: Browser;
let lab: string;

beforeAll(async () => {
  browser = await launch();
  const created = await prepare<{ project_id: string }>('POST', '/projects', {
    name: `pages ${Date.now()}`,
    auto_close: false,
  });
  lab = created.project_id;
  await prepare('POST', `/projects/${lab}/nodes`, {
    name: 'PC1',
    node_type: 'vpcs',
    compute_id: 'local',
    symbol: ':/symbols/vpcs_guest.svg',
  });
});

afterAll(async () => {
  await browser?.close();
  if (lab) {
    await prepare('DELETE', `/projects/${lab}`);
  }
});

test('no page keeps anybody out, by what axe can tell', async () => {
  const user = await User.of(browser, { colorScheme: 'light' });
  const { page } = user;
  await user.open('/');
  await page.locator('pb-project-card').first().waitFor();
  const found: Record<string, string[]> = { projects: await violationsInBoth(user) };
  await user.picture('projects');

  await page.evaluate((id) => (location.hash = `#/lab/${id}`), lab);
  await user.node('PC1').locator('.symbol').click();
  for (const [panel, content] of Object.entries(PANELS)) {
    await page.locator('pb-lab-toolbar').getByRole('button', { name: panel }).click();
    await page.locator(`pb-side-panel ${content}`).first().waitFor();
    found[`lab, ${panel}`] = await violationsInBoth(user);
    await user.picture(`lab-${panel.toLowerCase()}`);
  }

  await page.evaluate(() => (location.hash = '#/server'));
  await page.getByText('The server is well.').waitFor();
  await page.locator('pb-users').getByText(NAME ?? 'Nobody so far', { exact: !!NAME }).first().waitFor();
  found['server'] = await violationsInBoth(user);
  await user.picture('server');

  await page.evaluate(() => (location.hash = '#/templates'));
  await page.getByRole('button', { name: 'Import an appliance…' }).click();
  await page.getByLabel('File of an appliance').setInputFiles(APPLIANCE);
  await page.getByText('missing').waitFor();
  found['appliance'] = await violationsInBoth(user);
  await user.picture('appliance');
  await page.keyboard.press('Escape');
  await page.locator('pb-templates-page nav button', { hasText: 'Ethernet switch' }).click();
  found['templates'] = await violationsInBoth(user);
  await user.picture('templates');
  await page.evaluate(() => (location.hash = '#/computes'));
  await page.locator('pb-computes-page article').first().waitFor();
  found['computes'] = await violationsInBoth(user);
  await user.picture('computes');

  expect(listed(found)).toEqual([]);
  expect(user.complaints).toEqual([]);
  await user.context.close();
});

test('a project is shared', async () => {
  const user = await User.of(browser);
  const { page } = user;
  await user.open('/');
  if (NAME) {
    await page.locator('pb-app header').getByText(NAME, { exact: true }).waitFor();
  }
  await page
    .locator('pb-project-card', { has: page.locator(`a[href="#/lab/${lab}"]`) })
    .getByRole('button', { name: 'More about' })
    .click();
  await user.choose('Share…');
  await page.getByLabel('Name of the user or group').fill('bob');
  await page.getByRole('button', { name: 'Add' }).click();
  await page.getByLabel('What bob may do').selectOption('operate');
  await page.locator('pb-sharing').getByRole('button', { name: 'Share', exact: true }).click();
  await until('bob may operate it', async () => {
    const access = await prepare<{ users: Record<string, string> }>('GET', `/projects/${lab}/access`);
    return access.users['bob'] === 'operate';
  });
  expect(user.complaints).toEqual([]);
  await user.context.close();
});

test('a device is made of an appliance, though the line breaks while its image is sent', async () => {
  const user = await User.of(browser);
  const { page } = user;
  await user.open('/#/templates');
  await page.getByRole('button', { name: 'Import an appliance…' }).click();
  await page.getByLabel('File of an appliance').setInputFiles(APPLIANCE);
  const file = page.locator('pb-appliance-import input[type=file]');
  await file.setInputFiles({ name: 'other.img', mimeType: '', buffer: Buffer.from('something else') });
  await page.getByText('its MD5 sum is').waitFor();
  let parts = 0;
  await page.route('**/uploads/**', (route) =>
    route.request().method() === 'POST' && parts++ === 0 ? route.abort() : route.continue(),
  );
  await file.setInputFiles({ name: 'box.img', mimeType: '', buffer: IMAGE });
  await page.getByText('there, sum checked').waitFor();
  expect(parts).toBe(2);
  await page.getByRole('button', { name: 'Create the device' }).click();
  await page.getByRole('heading', { name: /^Box \d+ 1\.0$/ }).waitFor();
  await page.getByRole('button', { name: 'Symbol…' }).click();
  await page.getByLabel('Search symbols').fill('no such thing');
  await page.getByText('No such symbol.').waitFor();
  await page.getByLabel('File of a symbol').setInputFiles({
    name: `box-${NOW}.svg`,
    mimeType: 'image/svg+xml',
    buffer: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><rect width="40" height="40"/></svg>'),
  });
  await page.locator(`.head img[src*="box-${NOW}.svg"]`).waitFor();
  await page.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('heading', { name: 'Templates', exact: true }).waitFor();
  expect(user.complaints).toEqual([]);
  await user.context.close();
});

test.skipIf(!OTHER)('who may only look is offered nothing else', async () => {
  const [name, password] = OTHER!;
  await prepare('PUT', `/projects/${lab}/access`, { users: { [name!]: 'view' } });
  const user = await User.of(browser, { httpCredentials: { username: name!, password: password! } });
  const { page } = user;
  await user.open('/');
  const card = page.locator('pb-project-card', { has: page.locator(`a[href="#/lab/${lab}"]`) });
  await card.getByText(`Of ${NAME}`).waitFor();
  expect(await page.getByRole('link', { name: 'Server' }).count()).toBe(0);
  await card.getByRole('button', { name: 'More about' }).click();
  await page.locator('pb-menu button', { hasText: 'Open' }).waitFor();
  expect(await page.locator('pb-menu button', { hasText: 'Delete' }).count()).toBe(0);
  await page.keyboard.press('Escape');
  await page.evaluate((id) => (location.hash = `#/lab/${id}`), lab);
  await user.node('PC1').waitFor();
  await page.getByText('You may look at this lab').waitFor();
  expect(await page.locator('pb-palette').count()).toBe(0);
  expect(await page.getByRole('button', { name: 'Start all' }).count()).toBe(0);
  await user.node('PC1').locator('.symbol').click({ button: 'right' });
  await page.locator('pb-menu button', { hasText: 'Settings' }).waitFor();
  expect(await page.locator('pb-menu button', { hasText: 'Start' }).count()).toBe(0);
  await page.keyboard.press('Escape');
  expect(await violations(user)).toEqual([]);

  await prepare('PUT', `/projects/${lab}/access`, { users: { [name!]: 'edit' } });
  await page.locator('pb-palette').waitFor();
  await prepare('PUT', `/projects/${lab}/access`, { users: {} });
  expect(user.complaints).toEqual([]);
  await user.context.close();
});

test.skipIf(!existsSync('/usr/bin/qemu-system-x86_64'))('the screen of a machine is seen', async () => {
  const machine = await prepare<{ node_id: string }>('POST', `/projects/${lab}/nodes`, {
    name: 'Machine',
    node_type: 'qemu',
    compute_id: 'local',
    console_type: 'vnc',
    x: 200,
    symbol: ':/symbols/qemu_guest.svg',
    properties: { platform: 'x86_64', ram: 32, adapters: 1 },
  });
  const path = `/projects/${lab}/nodes/${machine.node_id}`;
  const user = await User.of(browser);
  try {
    await prepare('POST', `${path}/start`);
    await user.open(`/#/lab/${lab}`);
    await user.node('Machine').locator('.symbol').dblclick();
    await user.page.getByRole('button', { name: 'Ctrl Alt Del' }).waitFor();
    await until('something is on the screen', () =>
      user.page.locator('pb-screen canvas').evaluate((element) => {
        const canvas = element as HTMLCanvasElement;
        if (canvas.width * canvas.height === 0) {
          return false;
        }
        const data = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height).data;
        return data.some((value, index) => index % 4 < 3 && value > 100);
      }),
    );
    await user.picture('screen');
    expect(user.complaints).toEqual([]);
  } finally {
    await prepare('DELETE', path);
    await user.context.close();
  }
});

type Finger = [x: number, y: number];

/** Two fingers, one of them on a device, go apart, which zooms, and then along together, which moves the view. */
async function pinchAndPan(user: User): Promise<void> {
  const { page } = user;
  const session = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...fingers: Finger[]) =>
    session.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: fingers.map(([x, y], id) => ({ id, x: Math.round(x), y: Math.round(y) })),
    });
  const zoom = async () => parseInt(await page.locator('pb-zoom-bar output').innerText(), 10);
  const place = async () => {
    const box = (await user.node('PC1').locator('.symbol').boundingBox())!;
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  };
  const before = await zoom();
  const { x, y } = await place();
  await touch('touchStart', [x, y]);
  await touch('touchStart', [x, y], [x, y + 80]);
  for (const apart of [100, 130, 160]) {
    await touch('touchMove', [x, y], [x, y + apart]);
  }
  await touch('touchEnd');
  await until('it is twice as large', async () => Math.abs((await zoom()) - 2 * before) <= 2);
  const start = await place();
  expect(Math.hypot(start.x - x, start.y - y)).toBeLessThan(3);
  await touch('touchStart', [x, y], [x, y + 80]);
  for (const way of [20, 40, 60]) {
    await touch('touchMove', [x + way, y - way / 2], [x + way, y + 80 - way / 2]);
  }
  await touch('touchEnd');
  await until('it has moved along', async () => {
    const now = await place();
    return Math.hypot(now.x - start.x - 60, now.y - start.y + 30) < 3;
  });
  expect(Math.abs((await zoom()) - 2 * before)).toBeLessThanOrEqual(2);
  await page.getByRole('button', { name: 'Zoom to fit' }).tap();
}

test('a lab is worked on by touch, on a tablet', async () => {
  const user = await User.of(browser, { hasTouch: true, viewport: { width: 1024, height: 768 } });
  const { page } = user;
  await user.open(`/#/lab/${lab}`);
  await user.node('PC1').locator('.symbol').tap();
  await page.locator('g.node.selected').waitFor();
  await page.locator('pb-palette button', { hasText: 'Ethernet hub' }).first().tap();
  await user.node('Hub1').waitFor();
  await page.locator('pb-lab-toolbar').getByRole('button', { name: 'Details' }).tap();
  await page.getByLabel('Name', { exact: true }).waitFor();
  await pinchAndPan(user);
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBeLessThanOrEqual(1024);
  await page.locator('pb-lab-toolbar').getByRole('button', { name: /^Undo/ }).tap();
  await until('it is gone', async () => (await user.node('Hub1').count()) === 0);
  expect(user.complaints).toEqual([]);
  await user.context.close();
});

test('everything works below a path of a reverse proxy', async () => {
  const proxy = await behindPrefix(SERVER, '/labs');
  try {
    const user = await User.of(browser);
    await user.page.goto(`${proxy.address}/labs/`);
    await user.page.waitForURL('**/labs/static/web-ui/bundled');
    await user.page.locator('pb-project-card').first().waitFor();
    await user.page.evaluate((id) => (location.hash = `#/lab/${id}`), lab);
    await user.node('PC1').waitFor();
    await user.page.locator('.state.live').waitFor();
    expect(user.complaints).toEqual([]);
    await user.context.close();
  } finally {
    await proxy.close();
  }
});

test('a page outlives a server that was away, and catches up', async () => {
  const proxy = await behindPrefix(SERVER, '/labs');
  const user = await User.of(browser);
  try {
    await user.page.goto(`${proxy.address}/labs/#/lab/${lab}`);
    await user.node('PC1').waitFor();
    proxy.leave();
    await user.page.getByText('The server is away.').waitFor();
    const made = await prepare<{ node_id: string }>('POST', `/projects/${lab}/nodes`, {
      name: 'Late',
      node_type: 'vpcs',
      compute_id: 'local',
      x: 150,
    });
    proxy.comeBack();
    await user.node('Late').waitFor();
    await until('it is live', async () => !(await user.page.getByText('The server is away.').count()));
    await prepare('DELETE', `/projects/${lab}/nodes/${made.node_id}`);
    await until('it is gone', async () => (await user.node('Late').count()) === 0);
    expect(user.complaints).toEqual([]);
  } finally {
    await user.context.close();
    await proxy.close();
  }
});

test('words of the server reach the user, and a page that is gone says so', async () => {
  const user = await User.of(browser);
  await user.open('/#/lab/00000000-0000-4000-8000-00000000dead');
  await user.page.getByText('There is no such project any more.').waitFor();
  await user.context.close();
});

test('a lab is worked on by keys alone', async () => {
  const user = await User.of(browser);
  const { page } = user;
  await user.open(`/#/lab/${lab}`);
  const canvas = page.locator('pb-canvas');
  await user.node('PC1').waitFor();
  await canvas.focus();
  await page.keyboard.press('n');
  await page.locator('g.node.selected').waitFor();
  await page.keyboard.press('Control+d');
  await page.locator('g.node.selected[aria-label^="PC2,"]').waitFor();
  await page.keyboard.press('F2');
  await page.locator('pb-canvas textarea').fill('Probe');
  await page.keyboard.press('Enter');
  await user.node('Probe').waitFor();
  await page.keyboard.press('Control+z');
  await user.node('PC2').waitFor();
  await page.keyboard.press('Delete');
  await until('it is gone', async () => (await user.node('PC2').count()) === 0);
  await page.keyboard.press('?');
  await page.getByText('Keys and pointer').waitFor();
  await page.keyboard.press('Escape');
  expect(user.complaints).toEqual([]);
  await user.context.close();
});
