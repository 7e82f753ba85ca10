package io.patchbay.netstack.capture;

import static io.patchbay.netstack.TestFrames.numbered;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.patchbay.netstack.Await;
import io.patchbay.netstack.FakeEnd;
import io.patchbay.netstack.link.StagedEnd;
import io.patchbay.netstack.wire.FrameBuffer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PcapCaptureTest {
  private static final int RECORD = 16 + 100;

  private final FakeEnd inner = new FakeEnd();
  private final StagedEnd end = new StagedEnd(inner);
  private final Queue<String> troubles = new ConcurrentLinkedQueue<>();
  @TempDir private Path directory;
  private Path file;
  private PcapCapture capture;

  @BeforeEach
  void begin() throws IOException {
    file = directory.resolve("a.pcap");
    begin(PcapCapture.begin(file, PcapCapture.ETHERNET, troubles::add));
  }

  private void begin(PcapCapture next) {
    capture = next;
    end.stages(List.of(capture));
  }

  @AfterEach
  void end() {
    capture.close();
  }

  private void send(int first, int count) {
    for (int i = first; i < first + count; i++) {
      end.send(new FrameBuffer().fill(numbered(100, i)));
    }
  }

  private List<String> tshark(String... fields) throws Exception {
    assumeTrue(
        Arrays.stream(System.getenv("PATH").split(":"))
            .anyMatch(path -> Files.isExecutable(Path.of(path, "tshark"))),
        "the program tshark is not installed");
    List<String> command =
        new java.util.ArrayList<>(List.of("tshark", "-r", file.toString(), "-T", "fields"));
    for (String field : fields) {
      command.addAll(List.of("-e", field));
    }
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    List<String> lines = process.inputReader().readAllLines();
    // It complains about a file that ends in the middle of a frame.
    assertEquals(0, process.waitFor());
    return lines;
  }

  @Test
  void tsharkReadsTheFramesOfBothDirectionsInTheirOrder() throws Exception {
    Instant before = Instant.now();
    send(0, 2);
    inner.arrive(numbered(60, 2));
    capture.close();
    List<String> lines = tshark("frame.len", "eth.src", "eth.type", "frame.time_epoch");
    assertEquals(3, lines.size());
    for (int i = 0; i < 3; i++) {
      String[] fields = lines.get(i).split("\t");
      assertEquals(i < 2 ? "100" : "60", fields[0]);
      assertEquals("02:00:00:00:00:0a", fields[1]);
      assertEquals("0x0800", fields[2]);
      double time = Double.parseDouble(fields[3]);
      assertEquals(before.getEpochSecond(), time, 60);
    }
    assertTrue(troubles.isEmpty());
  }

  @Test
  void aFileThatGrowsIsWholeAtEveryFrame() throws Exception {
    send(0, 1);
    Await.until("the first frame is in the file", () -> size() == 24 + RECORD);
    assertEquals(1, tshark("frame.len").size());
    send(1, 10);
    Await.until("all frames are in the file", () -> size() == 24 + 11 * RECORD);
    assertEquals(11, tshark("frame.len").size());
  }

  private long size() {
    try {
      return Files.size(file);
    } catch (IOException e) {
      return -1;
    }
  }

  @Test
  void aReaderThatIsClosedMeanwhileIsWoken() throws Exception {
    InputStream stream = capture.stream();
    stream.readNBytes(24);
    CompletableFuture<Integer> reading = new CompletableFuture<>();
    Thread reader =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    reading.complete(stream.read());
                  } catch (IOException woken) {
                    reading.completeExceptionally(woken);
                  }
                });
    Await.until("it waits", () -> reader.getState() == Thread.State.WAITING);
    stream.close();
    ExecutionException woken = assertThrows(ExecutionException.class, reading::get);
    assertInstanceOf(ClosedChannelException.class, woken.getCause());
  }

  @Test
  void theStreamFollowsTheCaptureAndEndsWithIt() throws Exception {
    try (InputStream stream = capture.stream()) {
      byte[] header = stream.readNBytes(24);
      assertArrayEquals(
          new byte[] {(byte) 0xd4, (byte) 0xc3, (byte) 0xb2, (byte) 0xa1},
          Arrays.copyOf(header, 4));
      send(0, 1);
      byte[] record = stream.readNBytes(RECORD);
      assertArrayEquals(numbered(100, 0), Arrays.copyOfRange(record, 16, RECORD));
      ByteBuffer fields = ByteBuffer.wrap(record).order(ByteOrder.LITTLE_ENDIAN);
      Duration age = Duration.between(Instant.ofEpochSecond(fields.getInt(0)), Instant.now());
      assertTrue(age.toSeconds() <= 60, () -> age + " old");
      send(1, 1);
      capture.close();
      assertEquals(RECORD, stream.readAllBytes().length);
    }
  }

  @Test
  void nothingIsRecordedAfterTheEnd() {
    send(0, 3);
    capture.close();
    send(3, 3);
    assertEquals(24 + 3 * RECORD, size());
    assertEquals(6, inner.waiting());
  }

  @Test
  void whatTheFileHeldIsLost() throws Exception {
    send(0, 5);
    capture.close();
    begin(PcapCapture.begin(file, PcapCapture.ETHERNET, troubles::add));
    capture.close();
    assertEquals(24, size());
  }

  private void resume() throws IOException {
    begin(PcapCapture.resume(file, PcapCapture.ETHERNET, troubles::add));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 15, 16, 17, RECORD - 1})
  void aCaptureGoesOnBehindTheLastWholeFrame(int left) throws Exception {
    send(0, 3);
    capture.close();
    cut(24 + 2 * RECORD + left);
    resume();
    try (InputStream stream = capture.stream()) {
      send(3, 2);
      capture.close();
      assertEquals(24 + 4 * RECORD, stream.readAllBytes().length);
    }
    assertEquals(24 + 4 * RECORD, size());
    assertEquals(4, tshark("frame.len").size());
  }

  private void cut(long size) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(size);
    }
  }

  @Test
  void ofALargeCaptureNothingIsLost() throws Exception {
    send(0, 5000);
    end.send(new FrameBuffer().fill(numbered(9000, 5000)));
    send(5001, 1000);
    capture.close();
    long whole = size();
    resume();
    capture.close();
    assertEquals(whole, size());
  }

  @Test
  void aCaptureThatWasKilledBeforeItsHeaderBeginsAnew() throws Exception {
    capture.close();
    for (int left : List.of(0, 7)) {
      cut(left);
      resume();
      capture.close();
      assertEquals(24, size());
    }
    Files.delete(file);
    resume();
    capture.close();
    assertEquals(24, size());
  }

  @Test
  void whatIsNoCaptureOfThisKindIsLeftAlone() throws Exception {
    capture.close();
    for (String other : List.of("x", "not a capture, but longer than the header of one")) {
      Files.writeString(file, other);
      assertThrows(IOException.class, this::resume);
      assertEquals(other, Files.readString(file));
    }
    begin(PcapCapture.begin(file, PcapCapture.ETHERNET + 1, troubles::add));
    capture.close();
    assertThrows(IOException.class, this::resume);
  }

  @Test
  void whatIsNoRecordEndsTheFile() throws Exception {
    send(0, 1);
    capture.close();
    byte[] noRecord = new byte[RECORD];
    Arrays.fill(noRecord, (byte) 0xff);
    Files.write(file, noRecord, StandardOpenOption.APPEND);
    resume();
    capture.close();
    assertEquals(24 + RECORD, size());
  }

  @Test
  void framesPassWhetherTheFileTakesThemOrNot() throws Exception {
    assumeTrue(Files.isWritable(Path.of("/dev/full")), "there is no /dev/full here");
    assertThrows(
        IOException.class,
        () -> PcapCapture.begin(Path.of("/dev/full"), PcapCapture.ETHERNET, troubles::add));
    int frames = 50_000;
    send(0, frames);
    assertEquals(frames, inner.waiting());
    assertEquals(
        IntStream.range(0, frames).boxed().toList(),
        inner.takeSent().stream().map(frame -> ByteBuffer.wrap(frame).getInt(14)).toList());
  }
}
