package io.patchbay.spi;

/** A node that traces the way to a host. */
public interface Tracer {
  /**
   * Says where the next traces go; nothing is started by it.
   *
   * @param destination an address or a name; empty for the one that is set on the node
   */
  void traceTo(String destination);
}
