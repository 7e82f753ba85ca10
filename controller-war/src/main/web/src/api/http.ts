import { apiUrl } from './urls';

/** An answer that says no, in the server's own words; status 0 if there was no answer at all. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

const UNREACHABLE = 'The server cannot be reached. It is asked again as soon as it answers.';

async function send(method: string, path: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(apiUrl(path), { method, ...init });
  } catch (failure) {
    if (failure instanceof DOMException && failure.name === 'AbortError') {
      throw failure;
    }
    throw new ApiError(0, UNREACHABLE);
  }
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
  return `The server answered with status ${response.status}.`;
}

/** Asks the API and reads the JSON of the answer; undefined if it has none. */
export async function ask<T>(method: string, path: string, body?: unknown): Promise<T> {
  const response = await send(method, path, {
    ...(body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
  });
  const text = await response.text();
  return (text ? JSON.parse(text) : undefined) as T;
}

/** Asks for something whose bytes are read as they come. */
export function stream(path: string, signal?: AbortSignal): Promise<Response> {
  return send('GET', path, signal ? { signal } : {});
}

/** Reads a text; undefined if there is no such file. */
export async function text(path: string): Promise<string | undefined> {
  try {
    return await (await send('GET', path, {})).text();
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
        resolve((request.responseText ? JSON.parse(request.responseText) : undefined) as T);
      } else {
        void reason(new Response(request.responseText, { status: request.status })).then((said) =>
          reject(new ApiError(request.status, said)),
        );
      }
    };
    request.send(body);
  });
}
