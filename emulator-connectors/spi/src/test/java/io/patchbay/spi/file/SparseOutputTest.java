package io.patchbay.spi.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.io.TempDir;

class SparseOutputTest {
  @TempDir private Path directory;

  /** Parts of any length, some of them zeros, in writes that know nothing of blocks. */
  @RepeatedTest(50)
  void whatIsWrittenIsThere(RepetitionInfo repetition) throws Exception {
    Random random = new Random(repetition.getCurrentRepetition());
    Path file = directory.resolve("file");
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    try (OutputStream out = new SparseOutput(file)) {
      for (int part = random.nextInt(12); part > 0; part--) {
        byte[] bytes = new byte[random.nextInt(20_000)];
        if (random.nextBoolean()) {
          random.nextBytes(bytes);
        } else if (random.nextBoolean()) {
          Arrays.fill(bytes, bytes.length / 2, bytes.length, (byte) 1);
        }
        int offset = random.nextInt(bytes.length + 1);
        out.write(bytes, offset, bytes.length - offset);
        expected.write(bytes, offset, bytes.length - offset);
        if (random.nextBoolean()) {
          out.write(0);
          expected.write(0);
        }
      }
    }
    assertArrayEquals(expected.toByteArray(), Files.readAllBytes(file));
  }
}
