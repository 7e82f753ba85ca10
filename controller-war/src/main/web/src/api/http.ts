import { apiUrl, serverUrl } from './urls';

/** An answer that says no, in the server's own words; status 0 if there was no answer at all. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** What proxies answer while the server behind them is away. */
const AWAY: ReadonlySet<number> = new Set([502, 503, 504]);

const UNREACHABLE = 'The server cannot be reached. This page goes on by itself when it is back.';

/** Asks an address; status 0 if there is no answer. */
async function reach(address: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(address, init);
  } catch (failure) {
    if (failure instanceof DOMException && failure.name === 'AbortError') {
      throw failure;
    }
    throw new ApiError(0, UNREACHABLE);
  }
}

async function send(method: string, path: string, init: RequestInit): Promise<Response> {
  return accept(await reach(apiUrl(path), { method, ...init }));
}

async function accept(response: Response): Promise<Response> {
  if (!response.ok) {
    throw new ApiError(response.status, await reason(response));
  }
  return response;
}

async function reason(response: Response): Promise<string> {
  const text = await response.text().catch(() => '');
  try {
    const body = JSON.parse(text) as { message?: unknown };
    if (typeof body.message === 'string' && body.message) {
      return body.message;
    }
  } catch {
    // A proxy's own page, which would say less than the status does.
  }
  if (AWAY.has(response.status)) {
    return UNREACHABLE;
  }
  return `The server answered with status ${response.status}.`;
}

/** Asks the API and reads the JSON of the answer; undefined if it has none. */
export async function ask<T>(method: string, path: string, body?: unknown): Promise<T> {
  const response = await send(method, path, {
    ...(body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
  });
  const text = await whole(response.text());
  return (text ? parsed(text) : undefined) as T;
}

/** A body that breaks off, as that of a server that ends, is no answer. */
async function whole<T>(body: Promise<T>): Promise<T> {
  try {
    return await body;
  } catch {
    throw new ApiError(0, UNREACHABLE);
  }
}

/** The JSON of an answer; a proxy may say something else in the server's place. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ApiError(0, UNREACHABLE);
  }
}

/** Asks for something whose bytes are read as they come. */
export function stream(path: string, signal?: AbortSignal): Promise<Response> {
  return send('GET', path, signal ? { signal } : {});
}

/** Reads all of an answer; undefined if the server has none of it. */
export async function bytes(path: string): Promise<Uint8Array | undefined> {
  try {
    return new Uint8Array(await whole((await send('GET', path, {})).arrayBuffer()));
  } catch (failure) {
    if (failure instanceof ApiError && failure.status !== 0) {
      return undefined;
    }
    throw failure;
  }
}

/** Reads a page that is beside the API. */
export async function plain(path: string): Promise<string> {
  return whole((await accept(await reach(serverUrl(path), { headers: { Accept: 'text/plain' } }))).text());
}

/** What the server says of itself; a server that is not well says it with status 503. */
export async function health(): Promise<unknown> {
  const response = await reach(serverUrl('/health'), {});
  return parsed(await whole((response.status === 503 ? response : await accept(response)).text()));
}

/** Reads a text; undefined if there is no such file. */
export async function text(path: string): Promise<string | undefined> {
  try {
    return await whole((await send('GET', path, {})).text());
  } catch (failure) {
    if (failure instanceof ApiError && failure.status === 404) {
      return undefined;
    }
    throw failure;
  }
}

/** Sends a file and tells how much of it (0 to 1) has gone; `fetch` cannot tell. */
export function upload<T>(
  path: string,
  body: Blob | string,
  onProgress: (part: number) => void = () => undefined,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', apiUrl(path));
    request.upload.onprogress = (event) => {
      if (event.lengthComputable && event.total > 0) {
        onProgress(event.loaded / event.total);
      }
    };
    request.onerror = () => reject(new ApiError(0, UNREACHABLE));
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) {
        try {
          resolve((request.responseText ? parsed(request.responseText) : undefined) as T);
        } catch (failure) {
          reject(failure);
        }
      } else {
        void reason(new Response(request.responseText, { status: request.status })).then((said) =>
          reject(new ApiError(request.status, said)),
        );
      }
    };
    request.send(body);
  });
}
