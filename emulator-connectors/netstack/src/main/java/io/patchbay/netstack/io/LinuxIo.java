package io.patchbay.netstack.io;

import io.patchbay.netstack.link.IolPorts;
import io.patchbay.netstack.link.LinkEnd;
import io.patchbay.netstack.link.TerminalEnd;
import io.patchbay.netstack.wire.Frame;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Frames by epoll, recvmmsg and sendmmsg, through java.lang.foreign. */
public final class LinuxIo implements FrameIo {
  private final List<LinuxLoop> loops;
  private final AtomicInteger next = new AtomicInteger();
  private final Linux linux = new Linux();
  private final Outbox outside = new Outbox(linux);

  public LinuxIo(int threads) {
    if (!isSupported()) {
      throw new IllegalStateException("Linux's system calls are not to be had here");
    }
    loops = IntStream.range(0, threads).mapToObj(LinuxLoop::new).toList();
    loops.forEach(Thread::start);
  }

  /** Whether this is a Linux whose system calls can be linked. */
  public static boolean isSupported() {
    if (!System.getProperty("os.name").equals("Linux")
        || !System.getProperty("sun.arch.data.model", "64").equals("64")) {
      return false;
    }
    try {
      new Linux();
      return true;
    } catch (LinkageError | RuntimeException none) {
      return false;
    }
  }

  @Override
  public LinkEnd openUdp(InetSocketAddress local, InetSocketAddress remote) throws IOException {
    int descriptor;
    boolean segments;
    synchronized (linux) {
      descriptor = linux.openUdp(local, remote);
      // Elsewhere it depends on the interface and on what the way there lets through.
      segments = remote.getAddress().isLoopbackAddress() && linux.cutsDatagrams(descriptor);
    }
    return serve(new LinuxEnd(this, descriptor, segments), descriptor);
  }

  @Override
  public LinkEnd openTap(String device) throws IOException {
    int descriptor;
    synchronized (linux) {
      descriptor = linux.openTap(device);
    }
    return serve(LinuxEnd.device(this, descriptor), descriptor);
  }

  @Override
  public IolPorts openIol(IolAddress address, ScheduledExecutorService timers) throws IOException {
    LinuxIol ports;
    synchronized (linux) {
      ports = LinuxIol.open(this, linux, timers, address);
    }
    nextLoop().add(ports, ports.descriptor());
    return ports;
  }

  @Override
  public TerminalEnd openTerminal(String path, Consumer<byte[]> output, Runnable ended)
      throws IOException {
    LinuxTerminal terminal;
    synchronized (linux) {
      terminal = LinuxTerminal.open(this, linux, path, output, ended);
    }
    nextLoop().add(terminal, terminal.descriptor());
    return terminal;
  }

  @Override
  public LinkEnd openInterface(String device, boolean hostTraffic) throws IOException {
    int descriptor;
    synchronized (linux) {
      descriptor = PacketSocket.open(linux, device, hostTraffic);
    }
    return serve(LinuxEnd.networkInterface(this, descriptor), descriptor);
  }

  private LinkEnd serve(LinuxEnd end, int descriptor) {
    nextLoop().add(end, descriptor);
    return end;
  }

  /** Sends from a thread that is no loop, at once. */
  void sendFromOutside(LinuxEnd end, Frame frame) {
    synchronized (linux) {
      // close() sets the descriptor to -1 before the socket goes; under this lock it stays open.
      outside.add(end, frame);
      outside.flush();
    }
  }

  /** Closes a socket; returns when that is done, unless a loop calls it, which must not wait. */
  void retire(int descriptor) {
    CountDownLatch released = new CountDownLatch(1);
    retire(descriptor, released::countDown);
    Release.await(released);
  }

  /**
   * Closes a socket once every loop has passed a point where it cannot have it at hand any more: a
   * number that is closed too early may belong to another link by the time it is written to.
   */
  private void retire(int descriptor, Runnable released) {
    synchronized (linux) {
      // Nobody sends from outside now, and whoever comes later sees that the end is closed.
      retire(descriptor, 0, released);
    }
  }

  private void retire(int descriptor, int index, Runnable released) {
    LinuxLoop loop = loops.get(index);
    loop.execute(
        () -> {
          loop.remove(descriptor);
          if (index + 1 < loops.size()) {
            retire(descriptor, index + 1, released);
          } else {
            loop.closeSocket(descriptor);
            released.run();
          }
        });
  }

  @Override
  public Executor loop() {
    return nextLoop()::execute;
  }

  private LinuxLoop nextLoop() {
    return loops.get(Math.floorMod(next.getAndIncrement(), loops.size()));
  }

  @Override
  public void close() {
    loops.forEach(EventLoop::shutDown);
  }
}
