import { api } from '../api/client';
import { waitBefore } from '../api/feed';
import { ApiError } from '../api/http';

const PART = 16 << 20;
/** After so many breaks one after the other without a byte getting through it is given up. */
const BREAKS = 8;

export interface Sending {
  compute: string;
  emulator: string;
  name: string;
  file: Blob;
  /** How much (0 to 1) is there. */
  onProgress(part: number): void;
  /** The line is dead for now; it is tried again. */
  onBreak?(): void;
}

/**
 * Sends an image in parts and goes on after a break with what is there, also of an earlier attempt.
 * Computes that do not take parts get it whole.
 *
 * @throws ApiError if it is refused, or nothing gets through for long
 */
export async function sendImage(sending: Sending): Promise<void> {
  const { compute, emulator, name, file, onProgress } = sending;
  const state = await there(sending);
  if (state === undefined) {
    await api.uploadImage(compute, emulator, name, file, onProgress);
    return;
  }
  let done = state;
  let breaks = 0;
  do {
    try {
      const part = file.slice(done, done + PART);
      const from = done;
      done = (
        await api.uploadPart(compute, emulator, name, file.size, done, part, (sent) =>
          onProgress((from + sent * part.size) / Math.max(1, file.size)),
        )
      ).received;
      breaks = 0;
    } catch (failure) {
      if (!isBreak(failure) || ++breaks > BREAKS) {
        throw failure;
      }
      sending.onBreak?.();
      await new Promise((resolve) => setTimeout(resolve, waitBefore(breaks, Math.random())));
      done = (await there(sending).catch(() => done)) ?? done;
    }
  } while (done < file.size);
  onProgress(1);
}

/** How many bytes are there; undefined if the compute takes no parts. */
async function there({ compute, emulator, name, file }: Sending): Promise<number | undefined> {
  try {
    return (await api.uploadState(compute, emulator, name, file.size)).received;
  } catch (failure) {
    if (failure instanceof ApiError && failure.status === 404) {
      return undefined;
    }
    throw failure;
  }
}

/** Whether it may go on later: no answer at all, a proxy that has none, or another offset. */
function isBreak(failure: unknown): boolean {
  return failure instanceof ApiError && [0, 408, 409, 502, 503, 504].includes(failure.status);
}
