package io.patchbay.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileTypesTest {

  @ParameterizedTest
  @CsvSource({
    "README.txt, text/plain",
    "a/logo.png, image/png",
    "disk.qcow2, application/octet-stream",
    "disk.qcow2.gz, application/octet-stream",
    "lab.tar.gz, application/x-tar",
    "lab.tgz, application/x-tar",
    "notes.txt.xz, text/plain",
    "tool.py, text/x-python",
    "x.gz/none, application/octet-stream"
  })
  void typeIsThatOfTheContent(String path, String type) {
    assertEquals(type, FileTypes.of(path));
  }
}
