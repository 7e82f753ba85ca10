package io.patchbay.controller.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadTest {
  @TempDir private Path directory;

  private String save(String body) throws IOException {
    Path target = directory.resolve("archive");
    Upload.save(
        new ByteArrayInputStream(body.getBytes(StandardCharsets.ISO_8859_1)), target, bytes -> {});
    return Files.readString(target, StandardCharsets.ISO_8859_1);
  }

  @Test
  void anArchiveIsSavedAsItIs() throws IOException {
    String large = "PK\003\004" + "\377".repeat(200_000);
    assertEquals(large, save(large));
    assertEquals("", save(""));
    assertEquals("--no parts", save("--no parts"));
  }

  @Test
  void whatPrecedesAnArchiveInAMultipartBodyIsLeftOut() throws IOException {
    String body =
        "--b\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nlab\r\n"
            + "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n"
            + "PK\003\004content\r\n--b--\r\n";
    assertEquals("PK\003\004content\r\n--b--\r\n", save(body));
  }

  @Test
  void everyByteIsCounted() throws IOException {
    AtomicLong counted = new AtomicLong();
    Upload.save(
        new ByteArrayInputStream(new byte[200_000]),
        directory.resolve("archive"),
        counted::addAndGet);
    assertEquals(200_000, counted.get());
  }
}
