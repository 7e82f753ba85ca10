package io.patchbay.emulators.qemu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.patchbay.emulators.qemu.QemuInstallation.Binary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QemuInstallationTest {
  @TempDir private Path directory;
  private Path bin;
  private QemuInstallation qemu;

  @BeforeEach
  void install() throws IOException {
    bin = Files.createDirectory(directory.resolve("bin"));
    Path alias = Files.createSymbolicLink(directory.resolve("alias"), bin);
    qemu = new QemuInstallation(bin + ":" + alias + ":/no/such:" + directory);
  }

  /** A program that counts how often it is called. */
  private Path program(String name, String says) throws IOException {
    Path file = bin.resolve(name);
    Files.writeString(file, "#!/bin/sh\necho x >> " + counter(name) + "\n" + says + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    return file;
  }

  private Path counter(String name) {
    return directory.resolve("calls-of-" + name);
  }

  private Path system(String name, String version) throws IOException {
    return program(name, "echo QEMU emulator version " + version + " '(Debian 1:7.2)'");
  }

  private static Binary binary(Path path, String version) {
    return new Binary(path.toString(), version);
  }

  @Test
  void programsAreFoundOnceWithTheirVersions() throws IOException {
    Path arm = system("qemu-system-arm", "7.2.22");
    Path pc = system("qemu-system-x86_64", "10.0.0-rc1");
    Path img = program("qemu-img", "echo qemu-img version 7.2.22 '(Debian)'");
    program("qemu-system-silent", "exit 0");
    program("qemu-system-broken", "echo version 1; exit 1");
    program("qemu-nbd", "echo qemu-nbd version 7.2.22");
    Files.writeString(bin.resolve("qemu-system-text"), "no program");
    assertEquals(List.of(binary(arm, "7.2.22"), binary(pc, "10.0.0-rc1")), qemu.systems());
    assertEquals(List.of(binary(img, "7.2.22")), qemu.imagePrograms());
  }

  @Test
  void architecturesChoose() throws IOException {
    system("qemu-system-arm", "7.2");
    Path pc = system("qemu-system-x86_64", "7.2");
    assertEquals(List.of(binary(pc, "7.2")), qemu.systems(Set.of("x86_64", "i386")));
    assertEquals(List.of(), qemu.systems(Set.of()));
    assertEquals(List.of(), qemu.systems(Set.of("sh4")));
  }

  @Test
  void aProgramIsAskedOnceUntilItChanges() throws IOException {
    Path pc = system("qemu-system-x86_64", "7.2");
    qemu.systems();
    qemu.systems();
    assertEquals(1, Files.readAllLines(counter("qemu-system-x86_64")).size());
    system("qemu-system-x86_64", "8.0");
    Files.setLastModifiedTime(pc, FileTime.fromMillis(1));
    assertEquals(List.of(binary(pc, "8.0")), qemu.systems());
  }

  @Test
  void onlyAQemuImgThatIsInstalledCanBeNamed() throws IOException {
    Path img = program("qemu-img", "echo qemu-img version 7.2");
    assertEquals(Optional.of(img), qemu.imageProgram("qemu-img"));
    assertEquals(Optional.of(img), qemu.imageProgram(img.toString()));
    Path other = program("other", "echo qemu-img version 7.2");
    assertEquals(Optional.empty(), qemu.imageProgram(other.toString()));
    assertEquals(Optional.empty(), qemu.imageProgram("other"));
    assertEquals(Optional.empty(), qemu.imageProgram("/bin/sh"));
  }
}
