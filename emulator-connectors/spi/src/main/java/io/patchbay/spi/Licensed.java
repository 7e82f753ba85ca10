package io.patchbay.spi;

import java.util.Optional;

/** A node that runs with a licence only, which comes with each start. */
public interface Licensed {
  /**
   * Says what the next starts are done with; what is not said stays as it was.
   *
   * @param text of the licence file
   * @param checked whether a start without a licence for this machine is refused
   * @throws LabException ({@link ErrorCode#CONFLICT}) if the text cannot be kept
   */
  void license(Optional<String> text, Optional<Boolean> checked);
}
