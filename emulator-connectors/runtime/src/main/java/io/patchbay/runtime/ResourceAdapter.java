package io.patchbay.runtime;

import io.patchbay.netstack.Netstack;
import io.patchbay.netstack.NetstackConfig;
import io.patchbay.netstack.link.TunnelExchange;
import io.patchbay.runtime.port.PortPool;
import io.patchbay.runtime.port.PortPool.Protocol;
import java.util.Locale;

/**
 * What all connectors of a compute share: the ports, the frames' event loops and the tunnels. There
 * is one; it lives as long as the compute.
 */
public final class ResourceAdapter implements AutoCloseable {
  private final RuntimeConfig config;
  private final PortPool consolePorts;
  private final PortPool udpPorts;
  private final Netstack netstack;
  private final TunnelExchange tunnels;

  public ResourceAdapter(RuntimeConfig config) {
    this.config = config;
    consolePorts =
        new PortPool(
            Protocol.TCP,
            "console",
            config.consoleAddress(),
            config.firstConsolePort(),
            config.lastConsolePort());
    udpPorts =
        new PortPool(
            Protocol.UDP,
            "UDP",
            config.consoleAddress(),
            config.firstUdpPort(),
            config.lastUdpPort());
    netstack =
        Netstack.open(
            new NetstackConfig(
                config.netstackThreads(),
                NetstackConfig.Io.valueOf(config.netstackIo().toUpperCase(Locale.ROOT))));
    tunnels = new TunnelExchange(netstack);
  }

  public RuntimeConfig config() {
    return config;
  }

  public PortPool consolePorts() {
    return consolePorts;
  }

  public PortPool udpPorts() {
    return udpPorts;
  }

  public Netstack netstack() {
    return netstack;
  }

  public TunnelExchange tunnels() {
    return tunnels;
  }

  /** Ends the frames' event loops; the nodes must have been closed before. */
  @Override
  public void close() {
    netstack.close();
  }
}
