package io.patchbay.emulators.vpcs.shell;

import io.patchbay.netstack.capture.PcapCapture;
import io.patchbay.netstack.host.FrameTap;
import io.patchbay.netstack.host.VirtualHost;
import io.patchbay.netstack.packet.Macs;
import io.patchbay.netstack.packet.MalformedException;
import io.patchbay.netstack.packet.Octets;
import io.patchbay.netstack.wire.Frame;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code set dump}: shows the frames of a PC, or writes them to a file, as they pass. */
final class FrameDump {
  private static final DateTimeFormatter FILE_TIME =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss", Locale.ROOT);

  private final VirtualHost host;
  private final Screen screen;
  private final Path directory;
  // When the first frame was shown, by the host's clock; the others count from there.
  private long start = Long.MIN_VALUE;
  private volatile Set<Flag> flags = EnumSet.noneOf(Flag.class);
  private volatile Optional<PcapCapture> file = Optional.empty();

  private enum Flag {
    MAC,
    RAW,
    DETAIL,
    ALL,
    FILE
  }

  FrameDump(VirtualHost host, Screen screen, Path directory) {
    this.host = host;
    this.screen = screen;
    this.directory = directory;
  }

  void set(List<String> words) {
    Set<Flag> wanted = EnumSet.noneOf(Flag.class);
    for (String word : words) {
      Optional<Flag> flag =
          List.of(Flag.values()).stream().filter(one -> names(one, word)).findFirst();
      if (flag.isPresent()) {
        wanted.add(flag.get());
      } else if (Words.abbreviates(word, "off")) {
        wanted.clear();
        flags = EnumSet.noneOf(Flag.class);
      } else {
        screen.line("Invalid options");
        return;
      }
    }
    if (words.isEmpty()) {
      return;
    }
    if (!wanted.isEmpty()) {
      wanted.addAll(flags);
    }
    use(wanted);
    screen.line("\n" + flags());
  }

  private static boolean names(Flag flag, String word) {
    return Words.abbreviates(word, flag.name().toLowerCase(Locale.ROOT));
  }

  private void use(Set<Flag> wanted) {
    if (wanted.contains(Flag.FILE) && file.isEmpty()) {
      try {
        file = Optional.of(PcapCapture.begin(newFile(), PcapCapture.ETHERNET, screen::line));
      } catch (IOException e) {
        screen.line("failed: " + e.getMessage());
        wanted.remove(Flag.FILE);
      }
    } else if (!wanted.contains(Flag.FILE)) {
      close();
    }
    flags = wanted;
    host.tap(wanted.isEmpty() ? FrameTap.NONE : this::frame);
  }

  private Path newFile() {
    return directory.resolve("vpcs1_" + LocalDateTime.now().format(FILE_TIME) + ".pcap");
  }

  /** The flags in words. */
  String flags() {
    Set<Flag> now = flags;
    return "dump flags:"
        + (now.isEmpty()
            ? " (none)"
            : now.stream()
                .map(flag -> " " + flag.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining()));
  }

  private void frame(boolean sent, Frame frame) {
    Set<Flag> now = flags;
    if (!sent && frame.destination() != host.mac() && !now.contains(Flag.ALL)) {
      return;
    }
    file.ifPresent(open -> open.record(frame));
    if (now.contains(Flag.MAC) || now.contains(Flag.RAW) || now.contains(Flag.DETAIL)) {
      screen.print(text(now, frame));
    }
  }

  private synchronized String text(Set<Flag> now, Frame frame) {
    if (start == Long.MIN_VALUE) {
      start = host.nanos();
    }
    long micros = (host.nanos() - start) / 1000;
    StringBuilder text =
        new StringBuilder(
            String.format(
                Locale.ROOT, "\n\033[32m%04d.%d\033[0m", micros / 1_000_000, micros % 1_000_000));
    if (now.contains(Flag.MAC)) {
      text.append("  \033[33m").append(Macs.text(frame.source())).append(" -> ");
      text.append(Macs.text(frame.destination())).append('\n');
    } else {
      text.append("\n\033[33m");
    }
    Octets payload = Octets.of(frame).from(Frame.MIN_LENGTH);
    if (now.contains(Flag.RAW)) {
      text.append(HexTexts.dump(payload)).append('\n');
    }
    if (now.contains(Flag.DETAIL)) {
      try {
        text.append(FrameTexts.describe(frame.etherType(), payload));
      } catch (MalformedException odd) {
        text.append("malformed\n");
      }
    }
    return text.append("\033[0m").toString();
  }

  void close() {
    file.ifPresent(PcapCapture::close);
    file = Optional.empty();
  }
}
