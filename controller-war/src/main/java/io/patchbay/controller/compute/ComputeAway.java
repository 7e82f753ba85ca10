package io.patchbay.controller.compute;

import io.patchbay.spi.ErrorCode;
import io.patchbay.spi.LabException;

/** A compute was not reached, or went away before it answered. */
public final class ComputeAway extends LabException {
  ComputeAway(String message) {
    super(ErrorCode.CONFLICT, message);
  }

  ComputeAway(ErrorCode code, String message, Throwable cause) {
    super(code, message, cause);
  }
}
