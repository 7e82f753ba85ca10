package io.patchbay.runtime;

import io.patchbay.netstack.link.LinkEnd;
import io.patchbay.spi.LabException;
import io.patchbay.spi.Nio;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Opens the links that a controller asks for. */
public final class Links {
  private Links() {}

  /** The tunnel, for kinds that take nothing else. */
  public static Nio.Udp tunnel(Nio nio) {
    if (nio instanceof Nio.Udp udp) {
      return udp;
    }
    throw LabException.conflict("NIO of type " + nio.type() + " is not supported");
  }

  /**
   * Opens the near end of a tunnel.
   *
   * @throws LabException (CONFLICT) if the port is taken or the far host unknown
   */
  public static LinkEnd open(ResourceAdapter adapter, Nio.Udp nio) {
    try {
      return adapter
          .tunnels()
          .open(nio.localPort(), InetAddress.getByName(nio.remoteHost()), nio.remotePort());
    } catch (UnknownHostException e) {
      throw LabException.conflict("The host " + nio.remoteHost() + " is unknown");
    } catch (IOException e) {
      throw LabException.conflict(
          "UDP port " + nio.localPort() + " cannot be opened: " + e.getMessage());
    }
  }
}
