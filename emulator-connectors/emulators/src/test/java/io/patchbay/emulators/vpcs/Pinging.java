package io.patchbay.emulators.vpcs;

import io.patchbay.spi.ConsoleSource;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A PC that pings without end, and what its console shows of that. */
final class Pinging {
  private static final Pattern REPLY = Pattern.compile("ttl=\\d+ time=([0-9.]+) ms");

  private long replies;
  private long lost;
  private double worstMillis;

  /** Replies and losses, and the longest time that a reply took. */
  record Count(long replies, long lost, double worstMillis) {}

  Pinging(ConsoleSource pc, String target) {
    pc.join(this::shown, () -> {})
        .type(("ping " + target + " -t\r").getBytes(StandardCharsets.US_ASCII));
  }

  private synchronized void shown(byte[] data) {
    String text = new String(data, StandardCharsets.ISO_8859_1);
    Matcher reply = REPLY.matcher(text);
    if (reply.find()) {
      replies++;
      worstMillis = Math.max(worstMillis, Double.parseDouble(reply.group(1)));
    } else if (text.contains("timeout") || text.contains("not reachable")) {
      lost++;
    }
  }

  /** What was counted since the last call. */
  synchronized Count take() {
    Count count = new Count(replies, lost, worstMillis);
    replies = 0;
    lost = 0;
    worstMillis = 0;
    return count;
  }
}
