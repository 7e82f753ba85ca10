package io.patchbay.spi;

/** Why the lab refused or failed a request, in words that know nothing of HTTP. */
public enum ErrorCode {
  /** The request itself is wrong: a field is missing, of the wrong type or out of range. */
  INVALID,
  /** The request is well formed but not allowed here and now, such as on a closed project. */
  FORBIDDEN,
  /** Something the request names does not exist. */
  NOT_FOUND,
  /** The request collides with the state of the lab, or an emulator refused it. */
  CONFLICT,
  /** Somebody did not answer in time. */
  TIMEOUT
}
