package io.patchbay.netstack.io;

import io.patchbay.netstack.link.IolPorts;
import io.patchbay.netstack.link.LinkEnd;
import io.patchbay.netstack.link.TerminalEnd;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;

/** How frames get in and out of the process: Linux's batched system calls, or plain Java. */
public sealed interface FrameIo extends AutoCloseable permits LinuxIo, PortableIo {
  /**
   * Opens a UDP tunnel; see {@link io.patchbay.netstack.Netstack#openUdp}.
   *
   * @throws java.net.BindException if the local port is taken
   */
  LinkEnd openUdp(InetSocketAddress local, InetSocketAddress remote) throws IOException;

  /** One of the event loops, each in its turn: runs tasks soon, and sends what they send. */
  Executor loop();

  /** Opens a TAP device; see {@link io.patchbay.netstack.Netstack#openTap}. */
  LinkEnd openTap(String device) throws IOException;

  /**
   * Opens what an IOL instance is linked by; see {@link io.patchbay.netstack.Netstack#openIol}.
   *
   * @param timers for what an instance does not take at once
   */
  IolPorts openIol(IolAddress address, ScheduledExecutorService timers) throws IOException;

  /** Opens a terminal; see {@link io.patchbay.netstack.Netstack#openTerminal}. */
  TerminalEnd openTerminal(String path, Consumer<byte[]> output, Runnable ended) throws IOException;

  /** Opens a network interface; see {@link io.patchbay.netstack.Netstack#openInterface}. */
  LinkEnd openInterface(String device, boolean hostTraffic) throws IOException;

  /** Ends every link and the threads. */
  @Override
  void close();
}
