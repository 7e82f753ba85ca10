package io.patchbay.runtime.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ViewersTest {
  private final Viewers viewers = new Viewers(data -> {});

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
        data -> shown.add(new String(data, StandardCharsets.US_ASCII)), () -> {}, bytes(current));
    return shown;
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
    viewers.join(
        data -> {
          try {
            reading.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          seen.writeBytes(data);
        },
        closed::countDown,
        bytes(""));
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
    viewers.join(
        data -> {
          try {
            reading.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        },
        closed::countDown,
        bytes(""));
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
    viewers.join(data -> {}, () -> ends.add("over"), bytes(""));
    assertEquals("over", next(ends));
  }
}
