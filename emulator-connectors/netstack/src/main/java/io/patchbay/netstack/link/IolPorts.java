package io.patchbay.netstack.link;

/**
 * What is plugged into the ports of one instance of IOL, Cisco's IOS that runs as a Linux program.
 * Thread-safe.
 */
public interface IolPorts extends AutoCloseable {
  /** Bays, each an adapter, that an instance can have. */
  int BAYS = 16;

  /** Units, the ports of an adapter. */
  int UNITS = 4;

  /**
   * Where the frames of a port come and go; the same each time. Closing it has them dropped, and
   * says nothing to the instance, to which a port without a link looks like one with a silent one.
   *
   * @param bay below {@link #BAYS}
   * @param unit below {@link #UNITS}
   */
  LinkEnd port(int bay, int unit);

  /** Ends all ports and removes the socket; harmless if that was done. */
  @Override
  void close();
}
