package io.patchbay.emulators.dynamips.hypervisor;

import io.patchbay.emulators.dynamips.hypervisor.Hypervisor.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts answers together: lines that begin with a number and a blank, and a last one with a number
 * and a hyphen. For one thread.
 */
final class ReplyReader {
  /** An NVRAM of the largest size fits into a line. */
  private static final int LONGEST = 16 << 20;

  private static final int MOST_LINES = 10_000;
  private static final Pattern LINE = Pattern.compile("(\\d{3})([ -])(.*)", Pattern.DOTALL);

  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final List<String> lines = new ArrayList<>();

  /**
   * Takes the next octet.
   *
   * @return an answer if this completes one
   * @throws IOException if it is no answer of a hypervisor
   */
  Optional<Reply> take(byte octet) throws IOException {
    if (octet != '\n') {
      line.write(octet);
      if (line.size() > LONGEST) {
        throw new IOException("an endless line");
      }
      return Optional.empty();
    }
    String text = line.toString(StandardCharsets.UTF_8).stripTrailing();
    line.reset();
    Matcher parts = LINE.matcher(text);
    if (!parts.matches() || lines.size() > MOST_LINES) {
      throw new IOException("no answer of a hypervisor");
    }
    if (parts.group(2).equals(" ")) {
      lines.add(parts.group(3));
      return Optional.empty();
    }
    Reply reply = new Reply(Integer.parseInt(parts.group(1)), List.copyOf(lines), parts.group(3));
    lines.clear();
    return Optional.of(reply);
  }
}
