package io.patchbay.emulators.vpcs.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.patchbay.netstack.host.Ipv4Settings;
import io.patchbay.netstack.host.VirtualHost;
import io.patchbay.netstack.link.Patch;
import io.patchbay.netstack.packet.Ipv4Address;
import io.patchbay.netstack.wire.Frame;
import io.patchbay.netstack.wire.FrameBuffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is typed, read from a file or shown, a shell goes on. */
class ShellFuzzTest {
  private static final int MOST_WAITS = 50;
  private static final int MOST_LINES = 40;

  @TempDir private Path directory;

  private final IdleTime time = new IdleTime();

  private Shell shell(int number) {
    VirtualHost host = new VirtualHost(0x005079666800L + number, time);
    return new Shell(host, text -> {}, new Unwatched(), directory);
  }

  private static final class Unwatched implements Shell.Keyboard {
    @Override
    public void awaitKey() {}

    @Override
    public void disconnect() {}

    @Override
    public void quit() {}
  }

  private void execute(Shell shell, String line) {
    time.interruptAfter(MOST_WAITS);
    try {
      shell.execute(line);
    } catch (InterruptedException stopped) {
      // By what stands for Ctrl-C.
    }
  }

  private void empty() throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
  }

  /** Lines as they may be typed; in the end what would be saved makes the same PC. */
  @FuzzTest
  void anyLineIsUnderstoodOrRefused(byte[] octets) throws IOException {
    empty();
    Shell shell = shell(1);
    VirtualHost peer = new VirtualHost(0x005079666802L, time);
    peer.ipv4(new Ipv4Settings(Ipv4Address.parse("10.0.0.2").orElseThrow(), 24, Ipv4Address.NONE));
    Patch.join(shell.host().port(), peer.port());
    new String(octets, StandardCharsets.ISO_8859_1)
        .lines()
        .limit(MOST_LINES)
        .forEach(line -> execute(shell, line));
    shell.dump().close();
    String script = FileCommands.script(shell);
    shell.host().close();
    peer.close();
    Shell same = shell(1);
    script.lines().forEach(line -> execute(same, line));
    assertEquals(script, FileCommands.script(same));
    same.host().close();
  }

  @FuzzTest
  void anyStartupFileIsRun(byte[] content) throws IOException {
    empty();
    Files.write(directory.resolve("startup.vpc"), content);
    Shell shell = shell(1);
    time.interruptAfter(MOST_WAITS);
    try {
      shell.startup("startup.vpc");
    } catch (InterruptedException stopped) {
      // By what stands for Ctrl-C.
    }
    shell.dump().close();
    shell.host().close();
  }

  @FuzzTest
  void anyFrameCanBeShown(byte[] octets) {
    Shell shell = shell(1);
    execute(shell, "set dump detail raw mac all");
    byte[] frame =
        Arrays.copyOf(octets, Math.clamp(octets.length, Frame.MIN_LENGTH, Frame.MAX_LENGTH));
    shell.host().port().send(new FrameBuffer().fill(frame));
    shell.host().close();
  }
}
