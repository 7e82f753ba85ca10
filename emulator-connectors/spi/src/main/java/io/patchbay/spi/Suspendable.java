package io.patchbay.spi;

/** A node that can stand still and go on. */
public interface Suspendable {
  /**
   * Goes on after a {@link EmulatedNode#suspend}; harmless if the node runs.
   *
   * @throws LabException ({@link ErrorCode#CONFLICT}) if the node is stopped
   */
  void resume();
}
