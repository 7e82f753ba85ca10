import { writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { launch, User } from './browser';

/** A lab with PC1, PC2 and PC3, which run, in which PC1 reaches 10.9.5.2. */
const LAB = process.env['PATCHBAY_LAB'];
/** Written when the page shows the lab. Then the server is killed, PC3 ends, and the server is started again. */
const SEEN = process.env['PATCHBAY_SEEN']!;
const START = 180_000;

test('a page and its consoles outlive a server that is killed, and catch up', async () => {
  const browser = await launch();
  try {
    const user = await User.of(browser);
    const { page } = user;
    await user.open(`/#/lab/${LAB}`);
    for (const name of ['PC1', 'PC2', 'PC3']) {
      await user.nodeIn('started', name).waitFor();
    }
    await user.node('PC1').locator('.symbol').dblclick();
    await user.type('ping 10.9.5.2 -c 1', 'ttl=');
    await user.pressLink('PC1', 'SW', 'right');
    await user.choose('Capture packets');
    await page.locator('pb-packets').waitFor();
    await page.locator('pb-bottom-dock .tab button', { hasText: /^\s*PC1\s*$/ }).click();
    await writeFile(SEEN, '');

    await page.getByText('The server is away.').waitFor();
    await page.locator('pb-terminal .state').waitFor();
    await user.node('PC2').locator('.symbol').click();
    await page.keyboard.press('s');
    await page.locator('pb-toasts .toast.error', { hasText: 'The server cannot be reached.' }).waitFor();
    expect(await page.locator('pb-toasts .toast').count()).toBe(1);

    await page.getByText('The server is away.').waitFor({ state: 'detached', timeout: START });
    await user.nodeIn('stopped', 'PC3').waitFor();
    for (const name of ['PC1', 'PC2']) {
      await user.nodeIn('started', name).waitFor();
    }
    await page.locator('.state.live').waitFor();
    await user.type('ping 10.9.5.2 -c 2', 'icmp_seq=2');
    await page.locator('pb-bottom-dock .tab button', { hasText: 'SW' }).first().click();
    await page.locator('pb-packets [role=option]', { hasText: 'Echo reply' }).first().waitFor();
    expect(user.complaints).toEqual([]);
  } finally {
    await browser.close();
  }
});
