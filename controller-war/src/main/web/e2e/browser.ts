import { chromium, type Browser, type BrowserContext, type Locator, type Page } from 'playwright-core';

/** The server under test. */
export const SERVER = process.env['PATCHBAY'] ?? 'http://127.0.0.1:3080';
/** Where pictures for the documentation go; none are made without it. */
export const PICTURES = process.env['PATCHBAY_PICTURES'];

const SIZE = { width: 1360, height: 820 };

export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** A user's browser: what its pages complain of is collected, for there should be nothing. */
export class User {
  readonly complaints: string[] = [];

  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
  ) {}

  static async of(browser: Browser, options: Parameters<Browser['newContext']>[0] = {}): Promise<User> {
    const context = await browser.newContext({ viewport: SIZE, acceptDownloads: true, ...options });
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    const user = new User(context, page);
    page.on('pageerror', (error) => user.complaints.push(String(error.stack)));
    page.on('console', (message) => {
      // The browser says itself when a server is away; the page deals with it.
      if (message.type() === 'error' && !/WebSocket|net::ERR|Failed to load resource/.test(message.text())) {
        user.complaints.push(message.text());
      }
    });
    return user;
  }

  async open(path = '/'): Promise<void> {
    await this.page.goto(SERVER + path);
  }

  node(name: string): Locator {
    return this.page.locator(`pb-canvas g.node[aria-label^="${name},"]`);
  }

  /** Drags a device from the palette to a place of the canvas. */
  async place(device: string, x: number, y: number): Promise<void> {
    await this.page
      .locator('pb-palette button', { hasText: device })
      .dragTo(this.page.locator('pb-canvas'), { targetPosition: { x, y } });
  }

  /** Pulls a link out of a device's edge to another device. */
  async pull(from: string, to: string): Promise<void> {
    const start = (await this.node(from).locator('.edge').boundingBox())!;
    const end = (await this.node(to).locator('.symbol').boundingBox())!;
    const { mouse } = this.page;
    await mouse.move(start.x + 3, start.y + start.height / 2);
    await mouse.down();
    await mouse.move(end.x + end.width / 2 - 20, end.y + end.height / 2, { steps: 4 });
    await mouse.move(end.x + end.width / 2, end.y + end.height / 2);
    await mouse.up();
  }

  /** Presses the middle of the link between two devices. */
  async pressLink(from: string, to: string, button: 'left' | 'right' = 'left'): Promise<void> {
    const boxes = await Promise.all(
      [from, to].map(async (name) => (await this.node(name).locator('.symbol').boundingBox())!),
    );
    const middle = (of: (box: { x: number; y: number; width: number; height: number }) => number) =>
      boxes.reduce((sum, box) => sum + of(box), 0) / 2;
    // A little off the middle, where marks are.
    await this.page.mouse.click(
      middle((box) => box.x + box.width / 2) + 24,
      middle((box) => box.y + box.height / 2) + 1,
      { button },
    );
  }

  async choose(item: string): Promise<void> {
    await this.page.locator('pb-menu button', { hasText: item }).click();
  }

  /** What the open console shows. */
  screen(): Promise<string> {
    return this.page
      .locator('pb-terminal:not([hidden])')
      .evaluate((terminal) => (terminal as unknown as { text(): string }).text());
  }

  async picture(name: string): Promise<void> {
    if (PICTURES) {
      await this.page.screenshot({ path: `${PICTURES}/${name}.png` });
    }
  }
}

/** Asks until it is so; a page changes when the server says, not when a test asks. */
export async function until(what: string, is: () => Promise<boolean>, seconds = 40): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (!(await is())) {
    if (Date.now() > end) {
      throw new Error(`not in ${seconds} s: ${what}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
