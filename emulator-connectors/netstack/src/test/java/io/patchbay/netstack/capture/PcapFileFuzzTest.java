package io.patchbay.netstack.capture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a file holds, a capture goes on behind its last whole record or leaves it alone. */
class PcapFileFuzzTest {
  @TempDir private Path directory;

  @FuzzTest
  void aFileIsGoneOnWithOrLeftAlone(byte[] content) throws IOException {
    Path path = Files.write(directory.resolve("a.pcap"), content);
    try (FileChannel file = PcapFile.reopen(path, PcapCapture.ETHERNET)) {
      assertEquals(file.size(), file.position());
      assertTrue(file.size() >= PcapFormat.FILE_HEADER);
    } catch (IOException refused) {
      assertArrayEquals(content, Files.readAllBytes(path));
      return;
    }
    byte[] kept = Files.readAllBytes(path);
    if (content.length >= PcapFormat.FILE_HEADER) {
      assertArrayEquals(Arrays.copyOf(content, kept.length), kept);
    }
    try (FileChannel again = PcapFile.reopen(path, PcapCapture.ETHERNET)) {
      assertEquals(kept.length, again.size(), "all its records are whole");
    }
  }
}
