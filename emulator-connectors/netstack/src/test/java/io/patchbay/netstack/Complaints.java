package io.patchbay.netstack;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * What the netstack writes to the log while this is open. A bug that one frame meets is logged
 * there and goes no further, so that other links live on; a test must hear of it all the same.
 */
public final class Complaints implements AutoCloseable {
  // Held, as the log manager would forget a logger that nobody has.
  private final Logger logger = Logger.getLogger("io.patchbay");
  private final List<LogRecord> heard = new ArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord complaint) {
          if (complaint.getLevel().intValue() >= Level.WARNING.intValue()) {
            heard.add(complaint);
          }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  public Complaints() {
    logger.addHandler(handler);
  }

  /**
   * @throws AssertionError if there were any
   */
  public void requireNone() {
    for (LogRecord complaint : heard) {
      throw new AssertionError(complaint.getMessage(), complaint.getThrown());
    }
  }

  @Override
  public void close() {
    logger.removeHandler(handler);
  }
}
