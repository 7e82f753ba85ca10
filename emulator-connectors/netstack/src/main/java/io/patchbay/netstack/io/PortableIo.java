package io.patchbay.netstack.io;

import io.patchbay.netstack.link.IolPorts;
import io.patchbay.netstack.link.LinkEnd;
import io.patchbay.netstack.link.TerminalEnd;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Frames by java.nio, for systems without Linux's calls. */
public final class PortableIo implements FrameIo {
  private static final int SOCKET_BUFFER = 1 << 20;

  private final List<PortableLoop> loops;
  private final AtomicInteger next = new AtomicInteger();

  public PortableIo(int threads) {
    loops = IntStream.range(0, threads).mapToObj(PortableLoop::new).toList();
    loops.forEach(Thread::start);
  }

  @Override
  public LinkEnd openUdp(InetSocketAddress local, InetSocketAddress remote) throws IOException {
    DatagramChannel channel =
        DatagramChannel.open(
            remote.getAddress() instanceof Inet6Address
                ? StandardProtocolFamily.INET6
                : StandardProtocolFamily.INET);
    try {
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER);
      channel.setOption(StandardSocketOptions.SO_SNDBUF, SOCKET_BUFFER);
      channel.bind(local);
      channel.connect(remote);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    PortableLoop loop = nextLoop();
    PortableUdpEnd end = new PortableUdpEnd(channel, loop);
    loop.add(end, channel);
    return end;
  }

  @Override
  public Executor loop() {
    return nextLoop()::execute;
  }

  private PortableLoop nextLoop() {
    return loops.get(Math.floorMod(next.getAndIncrement(), loops.size()));
  }

  @Override
  public LinkEnd openTap(String device) throws IOException {
    throw new IOException("TAP devices need Linux");
  }

  @Override
  public IolPorts openIol(IolAddress address, ScheduledExecutorService timers) throws IOException {
    throw new IOException("IOL needs Linux, and patchbay.netstack.io must not be portable");
  }

  @Override
  public TerminalEnd openTerminal(String path, Consumer<byte[]> output, Runnable ended)
      throws IOException {
    throw new IOException("terminals need Linux, and patchbay.netstack.io must not be portable");
  }

  @Override
  public LinkEnd openInterface(String device, boolean hostTraffic) throws IOException {
    throw new IOException("network interfaces need Linux");
  }

  @Override
  public void close() {
    loops.forEach(EventLoop::shutDown);
  }
}
