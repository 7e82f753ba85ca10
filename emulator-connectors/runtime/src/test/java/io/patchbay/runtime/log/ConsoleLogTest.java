package io.patchbay.runtime.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsoleLogTest {
  private static final int LIMIT = 100;

  @TempDir private Path directory;
  private final List<Runnable> writes = new ArrayList<>();

  private ConsoleLog log(Path node, int limit) {
    return new ConsoleLog(node, limit, writes::add);
  }

  private static void print(ConsoleLog log, String text) {
    log.append(text.getBytes(StandardCharsets.UTF_8));
  }

  private void writeAll() {
    List<Runnable> due = List.copyOf(writes);
    writes.clear();
    due.forEach(Runnable::run);
  }

  private static String read(ConsoleLog log) throws IOException {
    try (InputStream in = log.read()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void whatIsPrintedIsWrittenTogetherAndRead() throws IOException {
    ConsoleLog log = log(directory.resolve("node"), LIMIT);
    print(log, "one ");
    print(log, "two ");
    assertEquals(1, writes.size());
    assertFalse(Files.exists(directory.resolve("node")));
    writeAll();
    assertEquals("one two ", Files.readString(directory.resolve("node/console.log")));
    print(log, "three");
    assertEquals("one two three", read(log), "what waits is read too");
    writeAll();
    assertEquals("one two three", read(log));
  }

  @Test
  void aLogThatIsFullIsKeptOnceMore() throws IOException {
    ConsoleLog log = log(directory, LIMIT);
    for (String part : List.of("a", "b", "c")) {
      print(log, part.repeat(60));
      writeAll();
    }
    assertEquals("b".repeat(60), Files.readString(directory.resolve("console-1.log")));
    assertEquals("c".repeat(60), Files.readString(directory.resolve("console.log")));
    assertEquals("b".repeat(60) + "c".repeat(60), read(log));
  }

  @Test
  void ofTooMuchAtOnceTheEndIsKept() throws IOException {
    ConsoleLog log = log(directory, LIMIT);
    print(log, "x".repeat(500) + "the end");
    assertEquals("x".repeat(93) + "the end", read(log));
  }

  @Test
  void aSlowDiskCostsLinesAndThatIsTold() throws IOException {
    ConsoleLog log = log(directory, 1 << 20);
    for (int i = 0; i < 100; i++) {
      print(log, "x".repeat(10_000));
    }
    String kept = read(log);
    assertTrue(
        kept.length() < 300_000 && kept.endsWith("could be written]\r\n"), "" + kept.length());
    print(log, "later");
    assertTrue(read(log).endsWith("later"));
  }

  @Test
  void theNextServerGoesOn() throws IOException {
    ConsoleLog first = log(directory, LIMIT);
    print(first, "before ");
    first.close();
    ConsoleLog second = log(directory, LIMIT);
    print(second, "after");
    assertEquals("before after", read(second));
  }

  @Test
  void aClosedLogMakesNoDirectoryAgain() throws IOException {
    Path node = directory.resolve("node");
    ConsoleLog log = log(node, LIMIT);
    print(log, "text");
    log.close();
    Files.delete(node.resolve("console.log"));
    Files.delete(node);
    print(log, "more");
    writeAll();
    assertFalse(Files.exists(node));
    assertEquals("", read(log));
  }

  @Test
  void withoutALimitThereIsNoLog() throws IOException {
    ConsoleLog log = log(directory, 0);
    print(log, "text");
    assertEquals("", read(log));
    assertEquals(List.of(), writes);
  }

  @Test
  void aDirectoryThatCannotBeWrittenIsNoTrouble() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "in the way");
    ConsoleLog log = log(file, LIMIT);
    print(log, "text");
    writeAll();
    assertEquals("in the way", Files.readString(file));
  }

  @Test
  void logsOfAComputeAreWrittenByThemselves() throws Exception {
    try (ConsoleLogs logs = new ConsoleLogs(LIMIT)) {
      print(logs.of(directory), "text");
      Path file = directory.resolve("console.log");
      long deadline = System.nanoTime() + 40_000_000_000L;
      while (!Files.exists(file) || Files.size(file) < 4) {
        assertTrue(System.nanoTime() < deadline, "nothing was written");
        Thread.onSpinWait();
      }
      assertEquals("text", Files.readString(file));
    }
  }
}
