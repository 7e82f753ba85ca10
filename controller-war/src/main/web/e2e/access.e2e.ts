import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listed, violationsInBoth } from './axe';
import { launch, prepare, until, User } from './browser';

const GUIDE = '# Guide\n\nLook at [PC1](#PC1).\n\n| a | b |\n|---|---|\n| 1 | `two` |\n';

let browser: Browser;
let lab: string;
let link: string;

beforeAll(async () => {
  browser = await launch();
  lab = (
    await prepare<{ project_id: string }>('POST', '/projects', {
      name: `access ${Date.now()}`,
      auto_close: false,
    })
  ).project_id;
  const add = async (name: string, kind: string, symbol: string, x: number, y: number) =>
    (
      await prepare<{ node_id: string }>('POST', `/projects/${lab}/nodes`, {
        name,
        node_type: kind,
        compute_id: 'local',
        symbol: `:/symbols/${symbol}.svg`,
        x,
        y,
      })
    ).node_id;
  const pc = await add('PC1', 'vpcs', 'vpcs_guest', -200, 0);
  const one = await add('Switch1', 'ethernet_switch', 'ethernet_switch', 0, 0);
  await add('Switch2', 'ethernet_switch', 'ethernet_switch', 200, 0);
  const end = (node_id: string) => ({ node_id, adapter_number: 0, port_number: 0 });
  link = (
    await prepare<{ link_id: string }>('POST', `/projects/${lab}/links`, { nodes: [end(pc), end(one)] })
  ).link_id;
  await prepare('POST', `/projects/${lab}/drawings`, {
    svg: '<svg height="20" width="60"><text font-family="TypeWriter" font-size="10">A note</text></svg>',
    x: -40,
    y: -160,
  });
});

afterAll(async () => {
  await browser?.close();
  if (lab) {
    await prepare('DELETE', `/projects/${lab}`);
  }
});

/** What has the focus: its name or its words. */
function focusedOn(page: Page): Promise<string> {
  return page.evaluate(() => {
    let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) {
      at = at.shadowRoot.activeElement;
    }
    const labels = [...((at as HTMLInputElement | null)?.labels ?? [])].map((label) => label.textContent);
    return (at?.getAttribute('aria-label') ?? labels[0] ?? at?.textContent ?? '').replace(/\s+/g, ' ').trim();
  });
}

async function isFocusedOn(page: Page, what: string | RegExp): Promise<void> {
  let last = '';
  await until(`the focus is on ${what}`, async () => {
    last = await focusedOn(page);
    return typeof what === 'string' ? last === what : what.test(last);
  }).catch((late: Error) => {
    throw new Error(`${late.message}, but on "${last}"`);
  });
}

/** Everything that a screen reader comes by, as Chromium tells it. */
function heard(page: Page): Promise<string> {
  return page.locator('body').ariaSnapshot();
}

test('nothing that opens keeps anybody out, by what axe can tell', async () => {
  await prepare('POST', `/projects/${lab}/nodes/start`);
  const user = await User.of(browser, { colorScheme: 'light' });
  const { page } = user;
  const found: Record<string, string[]> = {};
  const look = async (name: string) => {
    found[name] = await violationsInBoth(user);
  };
  const close = async (what: string) => {
    await page.keyboard.press('Escape');
    await page.locator(what).waitFor({ state: 'detached' });
  };
  await user.open('/');
  const card = page.locator('pb-project-card', { has: page.locator(`a[href="#/lab/${lab}"]`) });
  await card.getByRole('button', { name: 'More about' }).click();
  await page.locator('pb-menu [role=menuitem]').first().waitFor();
  await look('menu of a project');
  await user.choose('Share…');
  await page.getByLabel('Name of the user or group').waitFor();
  await look('dialog to share');
  await close('pb-dialog');
  await page.getByRole('button', { name: 'New project' }).click();
  await page.getByLabel('Name').waitFor();
  await look('dialog of a new project');
  await close('pb-dialog');

  await page.evaluate((id) => (location.hash = `#/lab/${id}`), lab);
  await user.node('PC1').locator('.symbol').click({ button: 'right' });
  await page.locator('pb-menu [role=menuitem]').first().waitFor();
  await look('menu of a node');
  await close('pb-menu');
  await user.pressLink('PC1', 'Switch1', 'right');
  await page.locator('pb-menu [role=menuitem]').first().waitFor();
  await look('menu of a link');
  await user.choose('Capture packets');
  await page.locator('pb-packets [role=listbox]').waitFor();
  await user.node('PC1').locator('.symbol').dblclick();
  await page.locator('pb-terminal .xterm-screen').waitFor();
  await until('there are packets', async () => {
    await prepare('POST', `/projects/${lab}/nodes/reload`);
    return (await page.locator('pb-packets', { hasText: /of \d+ packets/ }).count()) > 0;
  });
  await look('console');
  await page.getByRole('button', { name: 'Find' }).click();
  await page.getByLabel('Find in the console').waitFor();
  await look('search in a console');
  await page.getByRole('button', { name: 'Side by side' }).click();
  await page.locator('pb-packets [role=option]').first().click();
  await page.locator('pb-packets .one').waitFor();
  await look('console and packets side by side');
  await user.overLink('PC1', 'Switch1');
  await page.locator('pb-link-tip strong').waitFor();
  await look('what passes a link');

  await user.node('Switch1').locator('.symbol').click();
  await user.node('Switch2').locator('.symbol').click({ modifiers: ['Shift'] });
  await page.locator('pb-canvas').press('l');
  await page.locator('select[name=from]').waitFor();
  await look('choice of ports');
  await close('pb-dialog');
  await page.locator('pb-canvas').press('?');
  await page.getByText('Keys and pointer').waitFor();
  await look('keys');
  await close('pb-dialog');
  await page.locator('pb-canvas').press('Escape');

  await page.locator('pb-lab-toolbar').getByRole('button', { name: 'Guide' }).click();
  await page.getByRole('button', { name: /Write one|Edit/ }).click();
  await page.getByLabel('Guide, in Markdown').fill(GUIDE);
  await look('editor of the guide');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.locator('pb-guide').getByRole('link', { name: 'PC1' }).click();
  await page.locator('g.node.selected').waitFor();
  await look('guide');
  await user.pressLink('PC1', 'Switch1');
  await page.locator('pb-lab-toolbar').getByRole('button', { name: 'Details' }).click();
  await page.getByRole('slider').first().waitFor();
  await look('details of a link');
  await user.node('PC1').locator('.symbol').click();
  await page.getByRole('button', { name: 'Symbol…' }).click();
  await page.locator('.symbols img').first().waitFor();
  await look('symbols');
  await close('pb-dialog');
  await page.locator('pb-lab-toolbar').getByRole('button', { name: 'Log' }).click();
  await page.locator('pb-log li').first().waitFor();
  await look('log');
  await page.locator('pb-lab-toolbar').getByRole('button', { name: 'Snapshots' }).click();
  await page.getByLabel('Name of a new snapshot').fill('kept');
  // It is refused while something runs, which a toast says.
  await page.getByRole('button', { name: 'Take snapshot' }).click();
  await page.locator('pb-toasts .toast.error').waitFor();
  await look('snapshots, with an error');
  await prepare('POST', `/projects/${lab}/nodes/stop`);
  await user.nodeIn('stopped', 'PC1').waitFor();
  await page.getByRole('button', { name: 'Take snapshot' }).click();
  await page.locator('pb-snapshots li').first().waitFor();
  await look('snapshots');
  await page.getByRole('button', { name: 'Delete kept' }).first().click();
  await page.locator('pb-snapshots li').waitFor({ state: 'detached' });

  await page.evaluate(() => (location.hash = '#/computes'));
  await page.getByRole('button', { name: 'Add a compute' }).click();
  await page.getByLabel('Host').waitFor();
  await look('dialog of a new compute');
  await prepare('POST', `/projects/${lab}/links/${link}/stop_capture`);
  expect(listed(found)).toEqual([]);
  expect(user.complaints).toEqual([]);
  await user.context.close();
});

test('a screen reader is told where it is, what is there and in which state', async () => {
  await prepare('POST', `/projects/${lab}/nodes/stop`);
  const user = await User.of(browser);
  const { page } = user;
  await user.open('/');
  await page.locator('pb-project-card').first().waitFor();
  const projects = await heard(page);
  for (const part of [
    '- banner:',
    '- navigation "Pages":',
    '- link "Projects"',
    '- main:',
    '- heading "Projects" [level=1]',
    '- searchbox "Search projects"',
    '- button "New project"',
    '- heading "access ',
    '- button "More about access ',
  ]) {
    expect(projects).toContain(part);
  }

  await page.evaluate((id) => (location.hash = `#/lab/${id}`), lab);
  await user.nodeIn('stopped', 'PC1').waitFor();
  await page.locator('pb-canvas g.link').waitFor();
  const seen = await heard(page);
  for (const part of [
    '- region "Devices":',
    '- searchbox "Search devices"',
    '- group "Tools":',
    '- heading "access ',
    '- button "Start all"',
    '- application "Topology. Press question mark for the keys."',
    '- button "PC1, virtual PC, stopped, connected to Switch1"',
    '- button "Switch1, Ethernet switch, started, connected to PC1"',
    '- button "Switch2, Ethernet switch, started, not connected"',
    'Link from PC1',
    '- img "text A note"',
  ]) {
    expect(seen).toContain(part);
  }
  // What only acts is no switch that is on or off.
  expect(seen).not.toMatch(/button "Start all" \[pressed/);

  await page.locator('pb-canvas').press('n');
  await isFocusedOn(page, 'PC1, virtual PC, stopped, connected to Switch1');
  expect(await heard(page)).toContain('- button "PC1, virtual PC, stopped, connected to Switch1" [pressed]');
  await page.keyboard.press('s');
  await page.locator('pb-announcer', { hasText: 'PC1 is started.' }).waitFor({ state: 'attached' });
  await isFocusedOn(page, 'PC1, virtual PC, started, connected to Switch1');
  await page.keyboard.press('d');
  await isFocusedOn(page, 'text A note');
  await page.keyboard.press('n');
  await page.keyboard.press('k');
  await isFocusedOn(page, /^Link from PC1 .* to Switch1/);
  await page.keyboard.press('Shift+F10');
  await isFocusedOn(page, 'Capture packets');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await isFocusedOn(page, /^Link from PC1 .* to Switch1 .*, suspended$/);
  await prepare('PUT', `/projects/${lab}/links/${link}`, { suspend: false });
  await page.keyboard.press('n');
  await isFocusedOn(page, 'PC1, virtual PC, started, connected to Switch1');

  await page.route('**/nodes/*/stop', (route) =>
    route.fulfill({ status: 409, json: { status: 409, message: 'It is needed.' } }),
  );
  await page.keyboard.press('x');
  await page.locator('pb-toasts [role=alert]', { hasText: 'PC1 did not stop: It is needed.' }).waitFor();
  expect(user.complaints).toEqual([]);
  await user.context.close();
});

test('the focus goes into what opens, and back where it was', async () => {
  const user = await User.of(browser);
  const { page } = user;
  await user.open('/');
  await page.locator('pb-project-card').first().waitFor();
  await page.getByRole('button', { name: 'New project' }).focus();
  await page.keyboard.press('Enter');
  await isFocusedOn(page, 'Name');
  await page.keyboard.press('Escape');
  await isFocusedOn(page, 'New project');
  const more = page.locator('pb-project-card').first().getByRole('button', { name: 'More about' });
  await more.focus();
  await page.keyboard.press('Enter');
  await isFocusedOn(page, 'Open');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Escape');
  await isFocusedOn(page, /^More about/);

  await page.evaluate((id) => (location.hash = `#/lab/${id}`), lab);
  await isFocusedOn(page, /^Topology/);
  await page.keyboard.press('n');
  await isFocusedOn(page, /^PC1, /);
  await page.keyboard.press('Shift+F10');
  await isFocusedOn(page, /^Open console/);
  await page.keyboard.press('Escape');
  await isFocusedOn(page, /^PC1, /);
  await prepare('POST', `/projects/${lab}/nodes/start`);
  await user.nodeIn('started', 'PC1').waitFor();
  await page.keyboard.press('Enter');
  await isFocusedOn(page, 'Console of PC1');
  await page.keyboard.press('Control+Shift+ArrowUp');
  await isFocusedOn(page, 'PC1');
  await page.getByRole('button', { name: 'For screen readers' }).click();
  await page.locator('pb-terminal [role=listitem]', { hasText: /\w>/ }).first().waitFor({ state: 'attached' });
  expect(await violationsInBoth(user)).toEqual([]);
  await page.getByRole('button', { name: 'Close PC1' }).click();
  await isFocusedOn(page, /^Topology/);
  await page.keyboard.press('n');
  await page.keyboard.press('p');
  await isFocusedOn(page, /^PC1, /);
  await page.keyboard.press('F2');
  await isFocusedOn(page, 'Text');
  await page.keyboard.press('Escape');
  await isFocusedOn(page, /^PC1, /);
  await page.keyboard.press('?');
  await page.getByText('Keys and pointer').waitFor();
  await page.keyboard.press('Escape');
  await isFocusedOn(page, /^PC1, /);
  await page.keyboard.press('i');
  const shut = page.getByRole('button', { name: 'Close Details' });
  await shut.focus();
  await page.keyboard.press('Enter');
  await isFocusedOn(page, 'Details');
  await page.locator('pb-canvas').press('n');
  await isFocusedOn(page, /^Switch1, /);
  await page.keyboard.press('Control+d');
  await page.locator('g.node.selected[aria-label^="Switch3,"]').waitFor();
  await page.keyboard.press('n');
  await page.keyboard.press('p');
  await isFocusedOn(page, /^Switch3, /);
  await page.keyboard.press('Delete');
  await isFocusedOn(page, /^Topology/);
  expect(user.complaints).toEqual([]);
  await user.context.close();
});
