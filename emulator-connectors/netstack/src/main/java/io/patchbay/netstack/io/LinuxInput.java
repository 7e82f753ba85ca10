package io.patchbay.netstack.io;

import io.patchbay.netstack.wire.Frame;

/**
 * Something with a descriptor that a {@link LinuxLoop} waits on, and that is no single link end.
 */
interface LinuxInput {
  /**
   * Takes what has come; called by the loop's own thread.
   *
   * @param inbox memory for it, which may be overwritten by the next
   * @param frame to look at it through
   */
  void takeInput(Linux linux, MessageBatch inbox, Frame frame);
}
