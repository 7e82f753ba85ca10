package io.patchbay.netstack;

import io.patchbay.netstack.host.HostScheduler;
import io.patchbay.netstack.host.LoopScheduler;
import io.patchbay.netstack.io.FrameIo;
import io.patchbay.netstack.io.IolAddress;
import io.patchbay.netstack.io.LinuxIo;
import io.patchbay.netstack.io.PortableIo;
import io.patchbay.netstack.link.IolPorts;
import io.patchbay.netstack.link.LinkEnd;
import io.patchbay.netstack.link.TerminalEnd;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Consumer;

/** Moves Ethernet frames between processes, by a few threads for all links. Thread-safe. */
public final class Netstack implements AutoCloseable {
  private final FrameIo io;
  private final ScheduledThreadPoolExecutor timers = timers();

  private Netstack(FrameIo io) {
    this.io = io;
  }

  /**
   * @throws IllegalStateException if {@link NetstackConfig.Io#LINUX} is asked for elsewhere
   */
  public static Netstack open(NetstackConfig config) {
    return new Netstack(
        switch (config.io()) {
          case LINUX -> new LinuxIo(config.threads());
          case PORTABLE -> new PortableIo(config.threads());
          case AUTO ->
              LinuxIo.isSupported()
                  ? new LinuxIo(config.threads())
                  : new PortableIo(config.threads());
        });
  }

  /**
   * Opens one end of a UDP tunnel in GNS3's format: each datagram is one Ethernet frame as it is.
   * Datagrams of any other sender than {@code remote} are dropped; that nobody listens there is no
   * error.
   *
   * @throws java.net.BindException if the local port is taken
   */
  public LinkEnd openUdp(InetSocketAddress local, InetSocketAddress remote) throws IOException {
    return io.openUdp(local, remote);
  }

  private static ScheduledThreadPoolExecutor timers() {
    ScheduledThreadPoolExecutor timers =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("netstack-timers").factory());
    timers.setRemoveOnCancelPolicy(true);
    return timers;
  }

  /** Time and threads for one host; hosts are spread over the event loops. */
  public HostScheduler hostScheduler() {
    return new LoopScheduler(io.loop(), timers);
  }

  /**
   * Opens a TAP device of the host; it is made if there is none of this name, for as long as the
   * end is open. Whether its interface is up is left to the host's administrator.
   *
   * @throws IOException with a reason for the user, such as a lack of permission
   */
  public LinkEnd openTap(String device) throws IOException {
    return io.openTap(device);
  }

  /**
   * Opens the socket to which an IOL instance sends the frames of its ports. The instance may come
   * later, or come again.
   *
   * @throws IOException with a reason for the user
   */
  public IolPorts openIol(IolAddress address) throws IOException {
    return io.openIol(address, timers);
  }

  /**
   * Opens an end of a terminal; consoles of programs share the threads of the links.
   *
   * @param path such as {@code /dev/pts/3}
   * @param output is given what is printed, from an event loop, and must not wait
   * @param ended runs once if the other end goes; must not wait either
   * @throws IOException with a reason for the user
   */
  public TerminalEnd openTerminal(String path, Consumer<byte[]> output, Runnable ended)
      throws IOException {
    return io.openTerminal(path, output, ended);
  }

  /**
   * Opens a network interface of the host: all frames that come there, whoever they are for, and
   * out of which frames are sent. The interface is left as it is, and the host goes on using it.
   *
   * @param hostTraffic whether what the host itself sends there is a frame too
   * @throws IOException with a reason for the user, such as a lack of permission
   */
  public LinkEnd openInterface(String device, boolean hostTraffic) throws IOException {
    return io.openInterface(device, hostTraffic);
  }

  /** Which implementation moves the frames. */
  public NetstackConfig.Io implementation() {
    return io instanceof LinuxIo ? NetstackConfig.Io.LINUX : NetstackConfig.Io.PORTABLE;
  }

  @Override
  public void close() {
    timers.shutdownNow();
    io.close();
  }
}
