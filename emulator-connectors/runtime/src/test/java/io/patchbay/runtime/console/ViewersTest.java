package io.patchbay.runtime.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.patchbay.spi.ConsoleSource.ConsoleSession;
import io.patchbay.spi.ConsoleViewer;
import io.patchbay.spi.ConsoleViewer.Past;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ViewersTest {
  private final Viewers viewers = new Viewers(data -> {}, 1 << 10);

  @AfterEach
  void close() {
    viewers.close();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private BlockingQueue<String> join(String current) {
    return join(viewers, current);
  }

  private static BlockingQueue<String> join(Viewers viewers, String current) {
    BlockingQueue<String> shown = new LinkedBlockingQueue<>();
    viewers.join(
        ConsoleViewer.of(data -> shown.add(new String(data, StandardCharsets.US_ASCII)), () -> {}),
        bytes(current));
    return shown;
  }

  private void join(Consumer<byte[]> output, Runnable closed) {
    viewers.join(ConsoleViewer.of(output, closed), bytes(""));
  }

  private static String next(BlockingQueue<String> shown) throws InterruptedException {
    return shown.poll(10, TimeUnit.SECONDS);
  }

  @Test
  void firstSeesAllFromTheBeginningAndOthersTheCurrentLine() throws Exception {
    viewers.show(bytes("banner\n"));
    viewers.show(bytes("PC1> "));
    BlockingQueue<String> first = join("PC1> ");
    assertEquals("banner\nPC1> ", next(first));
    BlockingQueue<String> second = join("PC1> ");
    assertEquals("PC1> ", next(second));
    viewers.show(bytes("ping"));
    assertEquals("ping", next(first));
    assertEquals("ping", next(second));
  }

  /** As slow as it may be: some megabytes wait for it, in however many pieces they come. */
  @Test
  void slowViewerGetsAllThatWasPrintedOctetByOctet() throws Exception {
    CountDownLatch reading = new CountDownLatch(1);
    ByteArrayOutputStream seen = new ByteArrayOutputStream();
    CountDownLatch closed = new CountDownLatch(1);
    join(
        data -> {
          try {
            reading.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          seen.writeBytes(data);
        },
        closed::countDown);
    for (int i = 0; i < 100_000; i++) {
      viewers.show(bytes("" + i % 10));
    }
    viewers.drop();
    reading.countDown();
    closed.await();
    assertEquals("0123456789".repeat(10_000), seen.toString(StandardCharsets.US_ASCII));
  }

  @Test
  void viewerThatIsFarBehindIsCutOff() throws Exception {
    CountDownLatch reading = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    join(
        data -> {
          try {
            reading.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        },
        closed::countDown);
    for (int i = 0; i < 10; i++) {
      viewers.show(new byte[1 << 20]);
    }
    reading.countDown();
    closed.await();
  }

  @Test
  void withHistoryEverybodySeesWhatCameBefore() throws Exception {
    try (Viewers keeping = new Viewers(data -> {}, true)) {
      keeping.show(bytes("booting\r\n"));
      BlockingQueue<String> first = join(keeping, "");
      assertEquals("booting\r\n", next(first));
      keeping.show(bytes("~ # \033[6n"));
      assertEquals("~ # \033[6n", next(first));
      assertEquals("booting\r\n~ # ", next(join(keeping, "")));
    }
  }

  /** What one is told and shown who knows everything up to a position. */
  private record Returning(OptionalLong since, BlockingQueue<Object> got) implements ConsoleViewer {
    Returning(long since) {
      this(OptionalLong.of(since), new LinkedBlockingQueue<>());
    }

    @Override
    public void begin(Past past) {
      got.add(past);
    }

    @Override
    public void show(byte[] data) {
      got.add(new String(data, StandardCharsets.US_ASCII));
    }

    @Override
    public void closed() {
      got.add("over");
    }

    Object next() throws InterruptedException {
      return got.poll(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void whoWasCutOffIsShownWhatPassed() throws Exception {
    viewers.show(bytes("banner\n"));
    Returning cut = new Returning(0);
    ConsoleSession session = viewers.join(cut, bytes("PC1> "));
    Past told = (Past) cut.next();
    assertEquals(new Past(told.position(), 7, 0), told);
    assertEquals("banner\n", cut.next());
    session.close();
    assertEquals("over", cut.next());

    viewers.show(bytes("passed \033[6n"));
    Returning back = new Returning(told.position() + 7);
    viewers.join(back, bytes("PC1> "));
    assertEquals(new Past(told.position() + 7, 11, 0), back.next());
    assertEquals("passed \033[6n", back.next());
    viewers.show(bytes("on"));
    assertEquals("on", back.next());

    Returning other = new Returning(told.position() - 1);
    viewers.join(other, bytes(""));
    assertEquals(new Past(told.position(), 20, 0), other.next());
    assertEquals("banner\npassed \033[6non", other.next());
  }

  @Test
  void everythingIsRecordedFromTheBeginning() throws Exception {
    StringBuffer recorded = new StringBuffer();
    viewers.show(bytes("banner "));
    viewers.recordTo(data -> recorded.append(new String(data, StandardCharsets.US_ASCII)));
    viewers.show(bytes("one "));
    assertEquals("banner one ", next(join("")), "a recorder is no viewer");
    viewers.show(bytes("two"));
    assertEquals("banner one two", recorded.toString());
  }

  @Test
  void whoComesWhenAllIsOverIsCutOff() throws Exception {
    viewers.close();
    BlockingQueue<String> ends = new LinkedBlockingQueue<>();
    viewers.join(ConsoleViewer.of(data -> {}, () -> ends.add("over")), bytes(""));
    assertEquals("over", next(ends));
  }
}
