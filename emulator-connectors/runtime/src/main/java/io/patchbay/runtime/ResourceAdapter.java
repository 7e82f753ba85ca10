package io.patchbay.runtime;

import io.patchbay.netstack.Netstack;
import io.patchbay.netstack.NetstackConfig;
import io.patchbay.netstack.link.TunnelExchange;
import io.patchbay.runtime.image.ImageLibrary;
import io.patchbay.runtime.link.Captures;
import io.patchbay.runtime.link.Traffic;
import io.patchbay.runtime.log.ConsoleLogs;
import io.patchbay.runtime.port.PortPool;
import io.patchbay.runtime.port.PortPool.Protocol;
import io.patchbay.runtime.process.Processes;
import io.patchbay.runtime.survival.RunStates;
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
  private final Captures captures = new Captures();
  private final Traffic traffic = new Traffic();
  private final RunStates runStates;
  private final Processes processes;
  private final ImageLibrary images;
  private final ConsoleLogs consoleLogs;

  public ResourceAdapter(RuntimeConfig config) {
    this.config = config;
    runStates = new RunStates(config.runDirectory());
    processes = new Processes(config.runDirectory().toString());
    images = new ImageLibrary(config.images(), config.local());
    consoleLogs = new ConsoleLogs(config.consoleLogBytes());
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

  public Captures captures() {
    return captures;
  }

  /** What passed the ports of all nodes. */
  public Traffic traffic() {
    return traffic;
  }

  /** Where nodes write down what a later server needs to take them up again. */
  public RunStates runStates() {
    return runStates;
  }

  /** Launches the emulators' programs. */
  public Processes processes() {
    return processes;
  }

  /** What emulators run. */
  public ImageLibrary images() {
    return images;
  }

  /** Where consoles are recorded. */
  public ConsoleLogs consoleLogs() {
    return consoleLogs;
  }

  /** Ends the frames' event loops; the nodes must have been closed or released before. */
  @Override
  public void close() {
    netstack.close();
    consoleLogs.close();
    runStates.close();
  }
}
