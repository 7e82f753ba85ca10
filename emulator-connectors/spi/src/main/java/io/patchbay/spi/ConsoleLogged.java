package io.patchbay.spi;

import java.io.IOException;
import java.io.InputStream;

/** A node that keeps what its console printed, also while it does not run. */
public interface ConsoleLogged {
  /**
   * Everything that is kept, the oldest first; the caller closes it.
   *
   * @throws IOException if it cannot be read
   */
  InputStream readConsoleLog() throws IOException;
}
