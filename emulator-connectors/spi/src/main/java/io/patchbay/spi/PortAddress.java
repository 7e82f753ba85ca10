package io.patchbay.spi;

/**
 * A port of a node, as routes and links name it.
 *
 * @param adapter number of the adapter, from 0
 * @param port number of the port on that adapter, from 0
 */
public record PortAddress(int adapter, int port) {
  public PortAddress {
    if (adapter < 0 || port < 0) {
      throw new IllegalArgumentException("negative adapter or port number");
    }
  }

  @Override
  public String toString() {
    return adapter + "/" + port;
  }
}
