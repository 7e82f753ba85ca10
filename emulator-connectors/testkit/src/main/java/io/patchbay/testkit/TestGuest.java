package io.patchbay.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.patchbay.runtime.process.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A real, small Linux for x86-64 emulators: Debian's kernel for clouds and BusyBox in a file system
 * in memory. It boots within seconds without KVM.
 *
 * <p>The kernel is that of the package {@code linux-image-*-cloud-amd64}, either installed or
 * unpacked into {@code patchbay/guest} below {@code $XDG_CACHE_HOME} ({@code ~/.cache}). What the
 * guest understands on the kernel's command line is in {@code guest-init.sh}; it needs {@code
 * console=ttyS0}. There is a shell of root's on the first serial port, and on the second if there
 * is one.
 */
public final class TestGuest {
  /** What the console shows once the interfaces are up, before the first prompt. */
  public static final String READY = "The guest is ready.";

  /** The end of every prompt. */
  public static final String PROMPT = "guest# ";

  private static final Kernel NONE = new Kernel(Path.of(""), Path.of(""), "");
  private static final Kernel KERNEL = findKernel();

  /** How programs say that they want a dynamic linker. */
  private static final String LINKER = "/ld-linux";

  private static final int PROGRAM_HEADERS = 4096;

  private record Kernel(Path image, Path modules, String release) {}

  /** Made when it is asked for first. */
  private static final class Initrd {
    private static final Path FILE = writeInitrd();
  }

  private TestGuest() {}

  /** Skips the test on a machine that lacks the kernel or BusyBox. */
  public static void assumeAvailable() {
    assumeTrue(
        KERNEL != NONE,
        "needs the kernel of Debian's package linux-image-cloud-amd64, see .ci/run");
    assumeTrue(busybox().isPresent(), "needs a static busybox (Debian: busybox-static)");
  }

  public static Path kernel() {
    return KERNEL.image();
  }

  public static Path initrd() {
    return Initrd.FILE;
  }

  private static Kernel findKernel() {
    String cache =
        Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
            .orElseGet(() -> System.getProperty("user.home") + "/.cache");
    return Stream.of(Path.of(cache, "patchbay", "guest"), Path.of("/"))
        .flatMap(TestGuest::kernels)
        .findFirst()
        .orElse(NONE);
  }

  /** The kernels below a directory that have their modules there too. */
  private static Stream<Kernel> kernels(Path root) {
    String prefix = "vmlinuz-";
    try (Stream<Path> images = Files.list(root.resolve("boot"))) {
      List<Path> found =
          images
              .filter(image -> image.getFileName().toString().startsWith(prefix))
              .filter(image -> image.toString().endsWith("-cloud-amd64"))
              .filter(Files::isReadable)
              .toList();
      return found.stream()
          .flatMap(
              image -> {
                String release = image.getFileName().toString().substring(prefix.length());
                return Stream.of("lib/modules", "usr/lib/modules")
                    .map(modules -> root.resolve(modules).resolve(release))
                    .filter(Files::isDirectory)
                    .map(modules -> new Kernel(image.toAbsolutePath(), modules, release));
              });
    } catch (IOException none) {
      return Stream.empty();
    }
  }

  private static Optional<Path> busybox() {
    return Programs.find("busybox").filter(TestGuest::isStatic);
  }

  private static boolean isStatic(Path program) {
    try {
      byte[] content = Files.readAllBytes(program);
      byte[] head = Arrays.copyOf(content, Math.min(content.length, PROGRAM_HEADERS));
      return !new String(head, StandardCharsets.ISO_8859_1).contains(LINKER);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path writeInitrd() {
    // Modules are tested at the same time, each in its own directory; forks of one are not.
    Path directory = Path.of("target", "guest").toAbsolutePath();
    try {
      Files.createDirectories(directory);
      Path initrd = directory.resolve("initrd-" + ProcessHandle.current().pid() + ".gz");
      GuestInitrd.write(initrd, busybox().orElseThrow(), KERNEL.modules(), KERNEL.release());
      return initrd;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
