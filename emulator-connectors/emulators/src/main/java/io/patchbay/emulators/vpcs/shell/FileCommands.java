package io.patchbay.emulators.vpcs.shell;

import io.patchbay.netstack.host.Ipv4Settings;
import io.patchbay.netstack.host.Ipv6Settings;
import io.patchbay.netstack.host.NameSettings;
import io.patchbay.netstack.packet.IpAddress;
import io.patchbay.spi.DurableFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** {@code load} and {@code save}: files of commands in VPCS's format, in the PC's own directory. */
final class FileCommands {
  private static final String DEFAULT = "startup.vpc";
  private static final long MAX_SIZE = 1 << 20;

  private FileCommands() {}

  static void load(Shell shell, List<String> words) throws InterruptedException {
    if (words.size() > 2) {
      HelpTexts.print(shell, HelpTexts.LOAD);
      return;
    }
    String name = words.size() == 2 ? words.get(1) : DEFAULT;
    Optional<Path> file =
        existing(shell, name)
            .or(() -> name.contains(".") ? Optional.empty() : existing(shell, name + ".vpc"));
    if (file.isEmpty()) {
      shell.screen().line("Can't open \"" + name + "\"");
      return;
    }
    shell.screen().line("\nExecuting the file \"" + name + "\"");
    run(shell, file.get());
  }

  static void startup(Shell shell, String name) throws InterruptedException {
    Optional<Path> file = existing(shell, name);
    if (file.isPresent()) {
      shell.screen().line("\nExecuting the startup file");
      run(shell, file.get());
    }
  }

  private static Optional<Path> existing(Shell shell, String name) {
    // A link could lead out of the directory.
    return own(shell, name).filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS));
  }

  /** A place in the PC's own directory; words in quotes may have slashes, and lead elsewhere. */
  private static Optional<Path> own(Shell shell, String name) {
    Path directory = shell.directory().normalize();
    try {
      return Optional.of(directory.resolve(name).normalize())
          .filter(file -> directory.equals(file.getParent()));
    } catch (InvalidPathException none) {
      return Optional.empty();
    }
  }

  private static void run(Shell shell, Path file) throws InterruptedException {
    if (!shell.enterScript()) {
      shell.screen().line("Too many files load each other");
      return;
    }
    try {
      if (Files.size(file) > MAX_SIZE) {
        shell.screen().line("The file is too large");
        return;
      }
      for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
        shell.execute(line);
      }
    } catch (IOException e) {
      shell.screen().line("The file cannot be read: " + e.getMessage());
    } finally {
      shell.leaveScript();
    }
  }

  static void save(Shell shell, List<String> words) {
    if (words.size() > 2) {
      HelpTexts.print(shell, HelpTexts.SAVE);
      return;
    }
    String given = words.size() == 2 ? words.get(1) : DEFAULT;
    String name = given.contains(".") ? given : given + ".vpc";
    Optional<Path> file = own(shell, name);
    if (file.isEmpty()) {
      shell.screen().line("failed: no name of a file here");
      return;
    }
    try {
      DurableFile.write(file.get(), script(shell).getBytes(StandardCharsets.ISO_8859_1));
      shell.screen().line("Saving startup configuration to " + name);
      shell.screen().line(".  done");
    } catch (IOException e) {
      shell.screen().line("failed: " + e.getMessage());
    }
  }

  /** The commands that make a PC as this one is. */
  static String script(Shell shell) {
    StringBuilder script = new StringBuilder("set pcname " + Words.quoted(shell.name()) + "\n");
    if (shell.usesDhcp()) {
      script.append("dhcp\n");
    } else {
      addresses(shell, script);
    }
    if (shell.usesAuto()) {
      script.append("ip auto\n");
    }
    if (shell.host().mtu() != 1500) {
      script.append("set mtu ").append(shell.host().mtu()).append('\n');
    }
    return script.toString();
  }

  private static void addresses(Shell shell, StringBuilder script) {
    Ipv4Settings four = shell.host().ipv4();
    Ipv6Settings six = shell.host().ipv6();
    NameSettings names = shell.host().names();
    if (four.isSet()) {
      script.append("ip ").append(four.address());
      script.append(four.hasGateway() ? " " + four.gateway() : "");
      script.append(' ').append(four.prefix()).append('\n');
    }
    if (six.isSet() && !shell.usesAuto()) {
      script.append("ip ").append(six.address()).append('/').append(six.prefix()).append('\n');
    }
    if (!names.domain().isEmpty()) {
      script.append("ip domain ").append(Words.quoted(names.domain())).append('\n');
    }
    append(script, "ip dns ", names.servers());
    append(script, "ip dns6 ", names.servers6());
  }

  private static void append(
      StringBuilder script, String command, List<? extends IpAddress> servers) {
    if (!servers.isEmpty()) {
      script.append(command).append(ShowCommand.list(servers)).append('\n');
    }
  }
}
