import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { api } from '../src/api/client';
import { ApiError } from '../src/api/http';
import { sendImage } from '../src/appliances/image-sender';

const FILE = new Blob(['0123456789']);

/** Answers, or failures, one after the other; the last one stays. */
function script(...steps: ({ received: number } | ApiError)[]) {
  return async (): Promise<{ received: number }> => {
    const step = steps.length > 1 ? steps.shift()! : steps[0]!;
    if (step instanceof ApiError) {
      throw step;
    }
    return step;
  };
}

const received = (bytes: number) => ({ received: bytes });

describe('an image', () => {
  const state = vi.spyOn(api, 'uploadState');
  const part = vi.spyOn(api, 'uploadPart');
  const whole = vi.spyOn(api, 'uploadImage');

  beforeEach(() => {
    vi.useFakeTimers();
    for (const mock of [state, part, whole]) {
      mock.mockReset();
    }
  });

  afterEach(() => vi.useRealTimers());

  async function send(): Promise<unknown> {
    const sent = sendImage({
      compute: 'local',
      emulator: 'qemu',
      name: 'disk.img',
      file: FILE,
      onProgress: () => undefined,
    }).catch((failure: unknown) => failure);
    await vi.advanceTimersByTimeAsync(120_000);
    return sent;
  }

  test('is gone on with from what is there, also after a break', async () => {
    state.mockImplementation(script(received(2), new ApiError(0, 'away'), received(6)));
    part.mockImplementation(script(new ApiError(0, 'away'), received(10)));
    expect(await send()).toBeUndefined();
    expect(part.mock.calls.map((call) => call[4])).toEqual([2, 6]);
    expect(whole).not.toHaveBeenCalled();
  });

  test('goes whole to computes that take no parts', async () => {
    state.mockImplementation(script(new ApiError(404, 'unknown')));
    whole.mockResolvedValue(undefined);
    expect(await send()).toBeUndefined();
    expect(whole).toHaveBeenCalledOnce();
  });

  test('that is refused is not sent again and again', async () => {
    state.mockImplementation(script(received(0)));
    part.mockImplementation(script(new ApiError(403, 'Only instructors may do this.')));
    expect(await send()).toMatchObject({ status: 403 });
    expect(part).toHaveBeenCalledOnce();
    part.mockReset();
    part.mockImplementation(script(new ApiError(409, 'There is no room.')));
    expect(await send()).toMatchObject({ status: 409 });
    expect(part).toHaveBeenCalledTimes(4);
  });
});
