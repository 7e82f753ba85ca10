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
  let done: number | undefined;
  let breaks = 0;
  for (;;) {
    try {
      done ??= await there(sending);
      if (done === undefined) {
        break;
      }
      done = await sendPart(sending, done);
      breaks = 0;
      if (done >= file.size) {
        onProgress(1);
        return;
      }
    } catch (failure) {
      if (++breaks > BREAKS || (await isFinal(failure, breaks, sending, done))) {
        throw failure;
      }
      done = undefined;
      sending.onBreak?.();
      await new Promise((resolve) => setTimeout(resolve, waitBefore(breaks, Math.random())));
    }
  }
  await api.uploadImage(compute, emulator, name, file, onProgress);
}

/** @returns how many bytes are there then */
async function sendPart({ compute, emulator, name, file, onProgress }: Sending, from: number): Promise<number> {
  const part = file.slice(from, from + PART);
  const progress = (sent: number) => onProgress((from + sent * part.size) / Math.max(1, file.size));
  return (await api.uploadPart(compute, emulator, name, file.size, from, part, progress)).received;
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

/**
 * Whether it is refused for good: not if there was no answer, or a proxy's that had none, or the
 * server is still busy with the part that broke off.
 */
async function isFinal(
  failure: unknown,
  breaks: number,
  sending: Sending,
  known: number | undefined,
): Promise<boolean> {
  if (!(failure instanceof ApiError)) {
    return true;
  }
  if (failure.status === 409) {
    return breaks > 3 && known === (await there(sending).catch(() => undefined));
  }
  return ![0, 408, 502, 503, 504].includes(failure.status);
}
