package io.patchbay.testkit;

import io.patchbay.spi.LinkSettings;
import io.patchbay.spi.Nio;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;

/** The far end of a link, as another compute would be: it sends and receives frames by UDP. */
public final class UdpPeer implements AutoCloseable {
  private static final int ATTEMPTS_APART = 20;
  private static final Duration QUIET = Duration.ofMillis(100);

  private final DatagramChannel channel;
  private final int nearPort;

  /**
   * @param nearPort UDP port of the end that is to be tested
   */
  public UdpPeer(int nearPort) {
    this.nearPort = nearPort;
    try {
      channel = DatagramChannel.open();
      channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      channel.configureBlocking(false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What has to be plugged into the port of the node. */
  public Nio.Udp nio() {
    return nio(LinkSettings.NONE);
  }

  public Nio.Udp nio(LinkSettings settings) {
    return new Nio.Udp(nearPort, "127.0.0.1", channel.socket().getLocalPort(), settings);
  }

  public void send(byte[] frame) {
    try {
      channel.send(
          ByteBuffer.wrap(frame),
          new InetSocketAddress(InetAddress.getLoopbackAddress(), nearPort));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A frame that has come and was not looked at yet. */
  public Optional<byte[]> receive() {
    try {
      ByteBuffer buffer = ByteBuffer.allocate(65536);
      return channel.receive(buffer) == null
          ? Optional.empty()
          : Optional.of(Arrays.copyOf(buffer.array(), buffer.position()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Forgets what has come. */
  public void drain() {
    while (receive().isPresent()) {
      // The next one.
    }
  }

  /**
   * Sends a frame, again and again, until the wanted one comes here.
   *
   * @throws AssertionError if it does not in time
   */
  public void sendUntil(byte[] frame, UdpPeer receiver, Predicate<byte[]> wanted) {
    int[] attempt = {0};
    Deadline.await(
        "the frame",
        () -> {
          if (attempt[0]++ % ATTEMPTS_APART == 0) {
            send(frame);
          }
          return receiver.receive().filter(wanted).isPresent();
        });
  }

  /** Whether no such frame comes for a while. */
  boolean isQuiet(Predicate<byte[]> unwanted) {
    long end = System.nanoTime() + QUIET.toNanos();
    while (System.nanoTime() < end) {
      if (receive().filter(unwanted).isPresent()) {
        return false;
      }
      Thread.onSpinWait();
    }
    return true;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
