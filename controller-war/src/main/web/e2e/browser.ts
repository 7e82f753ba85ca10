import { chromium, type Browser, type BrowserContext, type Locator, type Page } from 'playwright-core';

/** The server under test. */
export const SERVER = process.env['PATCHBAY'] ?? 'http://127.0.0.1:3080';
/** Who the tests are, where the server asks. */
export const NAME = process.env['PATCHBAY_USER'];
const PASSWORD = process.env['PATCHBAY_PASSWORD'] ?? '';
/** Somebody else, with no more than the role of a user; `name:password`. */
export const OTHER = process.env['PATCHBAY_OTHER']?.split(':');
/** Where pictures for the documentation go; none are made without it. */
export const PICTURES = process.env['PATCHBAY_PICTURES'];

const SIZE = { width: 1360, height: 820 };
/** Milliseconds that a slow machine may take for a step. */
const PATIENCE = 60_000;

type Box = NonNullable<Awaited<ReturnType<Locator['boundingBox']>>>;

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

/** Asks the API past the pages, to prepare a test. */
export async function prepare<T>(method: string, path: string, body?: unknown): Promise<T> {
  const answer = await fetch(`${SERVER}/v2${path}`, {
    method,
    ...(body ? { body: JSON.stringify(body) } : {}),
    headers: NAME ? { Authorization: `Basic ${btoa(`${NAME}:${PASSWORD}`)}` } : {},
  });
  if (!answer.ok) {
    throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  }
  const text = await answer.text();
  return (text ? JSON.parse(text) : undefined) as T;
}

/** A user's browser: what its pages complain of is collected, for there should be nothing. */
export class User {
  readonly complaints: string[] = [];

  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
  ) {}

  static async of(browser: Browser, options: Parameters<Browser['newContext']>[0] = {}): Promise<User> {
    const context = await browser.newContext({
      viewport: SIZE,
      acceptDownloads: true,
      // As if the user had answered the browser's own question; the pages know no passwords.
      ...(NAME ? { httpCredentials: { username: NAME, password: PASSWORD } } : {}),
      ...options,
    });
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE);
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

  /** A node in this state. */
  nodeIn(status: 'started' | 'stopped', name: string): Locator {
    return this.page.locator(`pb-canvas g.node[data-status="${status}"][aria-label^="${name},"]`);
  }

  /** Drags a device from the palette to a place of the canvas. */
  async place(device: string, x: number, y: number): Promise<void> {
    await this.page
      .locator('pb-palette button', { hasText: device })
      .first()
      .dragTo(this.page.locator('pb-canvas'), { targetPosition: { x, y } });
  }

  /** Pulls a link out of a device's edge to another device. */
  async pull(from: string, to: string): Promise<void> {
    const [start, end] = await settled(
      this.node(from).locator('.edge'),
      this.node(to).locator('.symbol'),
    );
    const { mouse } = this.page;
    await mouse.move(start.x + 3, start.y + start.height / 2);
    await mouse.down();
    await mouse.move(end.x + end.width / 2 - 20, end.y + end.height / 2, { steps: 4 });
    await mouse.move(end.x + end.width / 2, end.y + end.height / 2);
    await mouse.up();
  }

  /** Presses the link between two devices, a little off its middle, where marks are. */
  async pressLink(from: string, to: string, button: 'left' | 'right' = 'left'): Promise<void> {
    await this.overLink(from, to);
    await this.page.mouse.down({ button });
    await this.page.mouse.up({ button });
  }

  /** Moves the pointer there. */
  async overLink(from: string, to: string): Promise<void> {
    const [one, other] = await settled(
      this.node(from).locator('.symbol'),
      this.node(to).locator('.symbol'),
    );
    const at = (a: number, aSize: number, b: number, bSize: number) =>
      0.36 * (a + aSize / 2) + 0.64 * (b + bSize / 2);
    await this.page.mouse.move(
      at(one.x, one.width, other.x, other.width),
      at(one.y, one.height, other.y, other.height),
    );
  }

  async choose(item: string): Promise<void> {
    await this.page.locator('pb-menu button', { hasText: new RegExp(`^\\s*${item}\\s*$`) }).click();
  }

  /** What the open console shows. */
  screen(): Promise<string> {
    return screenOf(this.page);
  }

  /** Types a line into the open console and waits for what it brings. */
  async type(line: string, answer: string | RegExp): Promise<void> {
    await until('the console is there', async () => (await this.screen().catch(() => '')).includes('> '));
    // What was printed before is shown before the line is there; what is typed then goes nowhere.
    await this.page.locator('pb-terminal:not([hidden]) .state').waitFor({ state: 'detached' });
    const times = async () => (await this.screen()).split(line).length - 1;
    const before = await times();
    await this.page.locator('pb-terminal:not([hidden]) .screen').click();
    await this.page.keyboard.type(line);
    await this.page.keyboard.press('Enter');
    await until(`${line} brings ${answer}`, async () => {
      if ((await times()) === before) {
        return false;
      }
      const said = await this.screen();
      const after = said.slice(said.lastIndexOf(line) + line.length);
      return typeof answer === 'string' ? after.includes(answer) : answer.test(after);
    });
  }

  async picture(name: string): Promise<void> {
    if (PICTURES) {
      await this.page.screenshot({ path: `${PICTURES}/${name}.png` });
    }
  }
}

/**
 * Where two things are once they rest: a panel that opens moves what is beside it, and the pointer
 * of a test would go to where they were.
 */
async function settled(one: Locator, other: Locator): Promise<[Box, Box]> {
  let last = '';
  let boxes: (Box | null)[] = [];
  await until('things rest', async () => {
    boxes = await Promise.all([one.boundingBox(), other.boundingBox()]);
    const now = JSON.stringify(boxes);
    const rest = now === last && boxes.every(Boolean);
    last = now;
    return rest;
  });
  return boxes as [Box, Box];
}

/** What the open console of a page shows. */
export function screenOf(page: Page): Promise<string> {
  return page
    .locator('pb-terminal:not([hidden])')
    .evaluate((terminal) => (terminal as unknown as { text(): string }).text());
}

/** Asks until it is so; a page changes when the server says, not when a test asks. */
export async function until(what: string, is: () => Promise<boolean>, seconds = PATIENCE / 1000): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (!(await is())) {
    if (Date.now() > end) {
      throw new Error(`not in ${seconds} s: ${what}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
