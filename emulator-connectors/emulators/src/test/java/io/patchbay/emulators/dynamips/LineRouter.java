package io.patchbay.emulators.dynamips;

import io.patchbay.spi.EmulatedNode;
import io.patchbay.spi.PortAddress;
import io.patchbay.testkit.Deadline;
import io.patchbay.testkit.Nodes;
import io.patchbay.testkit.TelnetClient;

/**
 * A router with a card that has lines, and somebody at its console. Frames are hexadecimal, without
 * what checks them.
 */
record LineRouter(EmulatedNode node, TelnetClient console) implements AutoCloseable {
  /** The line that the router drives. */
  static final PortAddress LINE = new PortAddress(1, 0);

  /** Starts a router, which has a link at its line already. */
  static LineRouter start(EmulatedNode node) {
    node.start();
    TelnetClient console = Nodes.terminal(node);
    console.ask("ready", "READY");
    return new LineRouter(node, console);
  }

  void send(String frame) {
    console.type(">" + frame + ".");
  }

  boolean hasReceived(String frame) {
    return console.heard().contains("<" + frame + "\r\n");
  }

  void awaitReceived(String frame) {
    Deadline.await(
        "the frame " + frame + "; the console: " + console.heard(), () -> hasReceived(frame));
  }

  @Override
  public void close() {
    console.close();
    node.close();
  }
}
