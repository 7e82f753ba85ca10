import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, WebSocketRoute } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { violations } from './axe';
import { launch, screenOf, until, User } from './browser';

const NAME = `office ${Date.now() % 10_000}`;

let browser: Browser;
let user: User;
let watcher: User;

beforeAll(async () => {
  browser = await launch();
  user = await User.of(browser);
  watcher = await User.of(browser);
});

afterAll(async () => {
  await browser?.close();
});

/** The consoles that are opened from now on can be cut off, until they are mended. */
async function cuttable(context: BrowserContext): Promise<{ cut(): void; mend(): void }> {
  let away = false;
  const open = new Set<WebSocketRoute>();
  await context.routeWebSocket(/\/console\/ws/, (socket) => {
    if (away) {
      void socket.close();
    } else {
      open.add(socket);
      socket.connectToServer();
    }
  });
  return {
    cut: () => {
      away = true;
      open.forEach((socket) => void socket.close());
      open.clear();
    },
    mend: () => {
      away = false;
    },
  };
}

test('a lab is made, watched, heard, slowed, kept and taken along, by pointer and keys', async () => {
  const { page } = user;
  await user.open();
  await page.getByRole('button', { name: 'New project' }).click();
  await page.getByLabel('Name').fill(NAME);
  await page.getByRole('button', { name: 'Create' }).click();
  await page.locator('pb-canvas').waitFor();
  const address = new URL(page.url());

  await watcher.open(address.pathname + address.hash);
  await watcher.page.locator('pb-canvas').waitFor();

  await user.place('VPCS', 260, 300);
  await user.place('VPCS', 760, 300);
  await user.place('Ethernet switch', 510, 160);
  for (const name of ['PC1', 'PC2', 'Switch1']) {
    await watcher.node(name).waitFor();
  }

  await user.pull('PC1', 'Switch1');
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  await page.locator('pb-canvas g.link').nth(0).waitFor();
  await user.pull('PC2', 'Switch1');
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  await watcher.page.locator('pb-canvas g.link').nth(1).waitFor();

  await page.locator('pb-canvas').press('Escape');
  await page.getByRole('button', { name: 'Start all' }).click();
  for (const name of ['PC1', 'PC2']) {
    await watcher.nodeIn('started', name).waitFor();
  }

  await user.node('PC2').locator('.symbol').dblclick();
  await user.type('ip 10.0.0.2/24', '10.0.0.2');
  await user.node('PC1').locator('.symbol').dblclick();
  await user.type('ip 10.0.0.1/24', '10.0.0.1');
  await user.type('ping 10.0.0.2 -c 2', 'icmp_seq=2');
  expect(await user.screen()).toMatch(/10\.0\.0\.2 icmp_seq=1 ttl=\d+/);
  await user.picture('console');

  const several = page.locator('pb-line-to-several');
  await several.getByRole('button', { name: 'Into which consoles: all 2 consoles' }).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await several.getByRole('checkbox', { name: 'PC2', checked: true }).waitFor();
  expect(await violations(user)).toEqual([]);
  await page.keyboard.press('Space');
  await page.keyboard.press('Escape');
  await several.getByLabel('Type a line into PC1', { exact: true }).fill('echo to one');
  await page.keyboard.press('Enter');
  await until('PC1 has it', async () => (await user.screen()).includes('echo to one'));
  await several.getByRole('button', { name: 'Into which consoles: PC1' }).click();
  await several.getByRole('button', { name: 'All' }).click();
  await page.keyboard.press('Escape');
  await several.getByLabel('Type a line into all 2 consoles').fill('echo to all');
  await page.keyboard.press('Enter');
  await until('PC1 has it too', async () => (await user.screen()).includes('echo to all'));
  await page.locator('pb-bottom-dock .tab button', { hasText: /^\s*PC2\s*$/ }).click();
  await until('PC2 has it', async () => (await user.screen()).includes('echo to all'));
  expect(await user.screen()).not.toContain('echo to one');
  await page.locator('pb-bottom-dock .tab button', { hasText: /^\s*PC1\s*$/ }).click();

  const line = await cuttable(page.context());
  const [own] = await Promise.all([
    page.waitForEvent('popup'),
    page.getByRole('button', { name: 'In a window of its own' }).click(),
  ]);
  const times = async (words: string) => (await screenOf(own).catch(() => '')).split(words).length - 1;
  await until('what was printed before is there, once', async () => (await times('icmp_seq=2')) === 1);
  line.cut();
  await own.locator('pb-terminal .state').waitFor();
  await user.type('show ip', 'GATEWAY');
  line.mend();
  await until('what passed meanwhile is there', async () => (await times('GATEWAY')) === 1);
  expect(await times('icmp_seq=2')).toBe(1);
  await own.close();

  await user.pressLink('PC1', 'Switch1', 'right');
  await user.choose('Capture packets');
  await page.locator('pb-packets').waitFor();
  await watcher.page.locator('g.mark.capture').waitFor();
  await page.locator('pb-bottom-dock .tab button', { hasText: /^\s*PC1\s*$/ }).click();
  await Promise.all([
    user.type('ping 10.0.0.2 -c 5', 'icmp_seq=5'),
    watcher.page.locator('pb-canvas path.flow').first().waitFor({ state: 'attached' }),
  ]);
  await user.overLink('PC1', 'Switch1');
  await page.locator('pb-link-tip', { hasText: /PC1 → Switch1: \S+ frames\/s, \S+ [kMG]?b\/s/ }).waitFor();
  await page.locator('pb-bottom-dock .tab button', { hasText: 'Switch1' }).first().click();
  const packets = page.locator('pb-packets .row-line[role=option]');
  await packets.filter({ hasText: 'Echo request' }).first().waitFor();
  await packets.filter({ hasText: 'Echo reply' }).first().click();
  await page.locator('pb-packets .one').getByRole('heading', { name: 'ICMP' }).waitFor();
  await page.getByLabel('Filter the packets').fill('reply');
  await until('only replies are left', async () => {
    const shown = await packets.allInnerTexts();
    return shown.length > 0 && shown.every((text) => text.includes('reply'));
  });
  await page.getByLabel('Filter the packets').fill('');
  await packets.filter({ hasText: 'Echo request' }).first().waitFor();
  await user.picture('packets');

  await user.pressLink('PC1', 'Switch1');
  await page.locator('pb-lab-toolbar').getByRole('button', { name: 'Details' }).click();
  await page.getByRole('slider', { name: 'Latency, ms' }).fill('150');
  await watcher.page.locator('g.mark.filter').waitFor();
  await page.locator('pb-bottom-dock .tab button', { hasText: /^\s*PC1\s*$/ }).click();
  await user.type('ping 10.0.0.2 -c 1', /time=(1[5-9]|[2-9]\d)\d\.?\d* ms/);
  await page.getByRole('button', { name: 'Without filters' }).click();
  await watcher.page.locator('g.mark.filter').waitFor({ state: 'detached' });
  await page.locator('pb-lab-toolbar').getByRole('button', { name: 'Details' }).click();

  await user.pressLink('PC1', 'Switch1', 'right');
  await user.choose('Suspend the link');
  await watcher.page.locator('g.link[data-suspended]').waitFor();
  await user.type('ping 10.0.0.2 -c 1', /not reachable|timeout/);

  // Undo what was done last: the link carries again.
  await page.locator('pb-canvas').press('Control+z');
  await until('the link goes on', async () => (await watcher.page.locator('g.link[data-suspended]').count()) === 0);

  await page.getByRole('button', { name: 'Stop all' }).click();
  // A snapshot is refused while any of them runs.
  for (const name of ['PC1', 'PC2']) {
    await user.nodeIn('stopped', name).waitFor();
  }
  await page.getByRole('button', { name: 'Snapshots' }).click();
  await page.getByLabel('Name of a new snapshot').fill('before');
  await page.getByRole('button', { name: 'Take snapshot' }).click();
  await page.locator('pb-snapshots li', { hasText: 'before' }).waitFor();

  await user.node('PC2').locator('.symbol').click();
  await page.locator('pb-canvas').press('Delete');
  await until('PC2 is gone', async () => (await watcher.node('PC2').count()) === 0);
  await page.getByRole('button', { name: 'Restore' }).click();
  // The server has answered: others may hear of it before it is done with.
  await page.getByText('The lab is as it was in "before".').waitFor();
  await watcher.node('PC2').waitFor();
  await until('its link is back', async () => (await watcher.page.locator('g.link').count()) === 2);

  await page.getByRole('link', { name: 'Projects' }).click();
  const card = page.locator('pb-project-card', { hasText: NAME });
  await card.getByRole('button', { name: 'More about' }).click();
  const [download] = await Promise.all([page.waitForEvent('download'), user.choose('Export')]);
  const archive = join(tmpdir(), `${NAME}.gns3project`);
  await writeFile(archive, await readFile((await download.path())!));
  await page.locator('input[type=file]').setInputFiles(archive);
  await page.locator('pb-project-card', { hasText: `${NAME} 2` }).waitFor();

  expect(user.complaints).toEqual([]);
  expect(watcher.complaints).toEqual([]);
});
