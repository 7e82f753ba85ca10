package io.patchbay.compute.lab;

import io.patchbay.spi.EmulatedNode;
import io.patchbay.spi.LabException;
import io.patchbay.spi.LinkSettings;
import io.patchbay.spi.Nio;
import io.patchbay.spi.PortAddress;

/** Both ends of a link inside this compute. */
public record LinkEnds(End near, End far) {
  private static final String LOOPBACK = "127.0.0.1";

  /** One end: where it is plugged in, and what is set on the link there. */
  public record End(EmulatedNode node, PortAddress port, LinkSettings settings) {}

  /** What was plugged in. */
  public record Nios(Nio near, Nio far) {}

  /**
   * Plugs the link in at both ends, in place of what is plugged in there.
   *
   * @throws LabException if a port refuses or no UDP port is left; the link is nowhere then
   */
  public Nios join(ComputeProject project) {
    int nearPort = project.reserveUdpPort();
    int farPort;
    try {
      farPort = project.reserveUdpPort();
    } catch (LabException none) {
      project.releaseUdpPort(nearPort);
      throw none;
    }
    Nio nearNio = new Nio.Udp(nearPort, LOOPBACK, farPort, near.settings());
    Nio farNio = new Nio.Udp(farPort, LOOPBACK, nearPort, far.settings());
    boolean half = false;
    try {
      near.node().attach(near.port(), nearNio);
      half = true;
      far.node().attach(far.port(), farNio);
      return new Nios(nearNio, farNio);
    } catch (RuntimeException refused) {
      if (half) {
        near.node().detach(near.port());
      }
      project.releaseUdpPort(nearPort);
      project.releaseUdpPort(farPort);
      throw refused;
    }
  }
}
