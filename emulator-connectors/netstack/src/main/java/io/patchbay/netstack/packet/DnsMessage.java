package io.patchbay.netstack.packet;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A DNS response (RFC 1035), its answers read.
 *
 * @param code the response code; 0 if there was no error
 */
public record DnsMessage(int id, int code, String question, List<Answer> answers) {
  public static final int PORT = 53;
  public static final int A = 1;
  public static final int CNAME = 5;
  public static final int AAAA = 28;

  private static final int HEADER = 12;
  private static final int INTERNET = 1;
  private static final int RECURSION_DESIRED = 0x0100;
  private static final int RESPONSE = 0x8000;
  private static final int MAX_NAME = 255;
  private static final int MAX_LABEL = 63;
  private static final int MAX_ANSWERS = 64;

  /**
   * An address or an alias.
   *
   * @param alias the canonical name, if it is an alias
   */
  public record Answer(
      String name, int type, Optional<IpAddress> address, Optional<String> alias) {}

  /**
   * Reads a response.
   *
   * @throws MalformedException if it is none
   */
  public static DnsMessage of(Octets octets) {
    int flags = octets.u16(2);
    if ((flags & RESPONSE) == 0 || octets.u16(4) != 1) {
      throw new MalformedException("no response");
    }
    Name question = name(octets, HEADER);
    int at = question.end() + 4;
    List<Answer> answers = new ArrayList<>();
    int count = Math.min(octets.u16(6), MAX_ANSWERS);
    for (int i = 0; i < count; i++) {
      Name owner = name(octets, at);
      int type = octets.u16(owner.end());
      int start = owner.end() + 10;
      Octets data = octets.slice(start, start + octets.u16(start - 2));
      answers.add(
          new Answer(
              owner.text(),
              type,
              address(type, data),
              type == CNAME ? Optional.of(name(octets, start).text()) : Optional.empty()));
      at = start + data.length();
    }
    return new DnsMessage(octets.u16(0), flags & 15, question.text(), List.copyOf(answers));
  }

  private static Optional<IpAddress> address(int type, Octets data) {
    if (type == A && data.length() == 4) {
      return Optional.of(new Ipv4Address(data.i32(0)));
    }
    return type == AAAA && data.length() == 16
        ? Optional.of(Ipv6Address.of(data, 0))
        : Optional.empty();
  }

  private record Name(String text, int end) {}

  /** Reads a name. Pointers must lead backwards, so that a loop of them comes to an end. */
  private static Name name(Octets octets, int start) {
    StringBuilder text = new StringBuilder();
    int end = -1;
    int at = start;
    int bound = start;
    while (octets.u8(at) != 0) {
      int length = octets.u8(at);
      if (length >= 0xc0) {
        end = end < 0 ? at + 2 : end;
        at = octets.u16(at) & 0x3fff;
        if (at >= bound) {
          throw new MalformedException("a pointer that leads forward");
        }
        bound = at;
      } else if (length > MAX_LABEL || text.length() + length > MAX_NAME) {
        throw new MalformedException("too long a name");
      } else {
        byte[] label = octets.slice(at + 1, at + 1 + length).toBytes();
        text.append(text.isEmpty() ? "" : ".");
        text.append(new String(label, StandardCharsets.ISO_8859_1));
        at += 1 + length;
      }
    }
    return new Name(
        text.toString().toLowerCase(Locale.ROOT).replaceAll("\\p{Cntrl}", "?"),
        end < 0 ? at + 1 : end);
  }

  /** Whether DNS can ask for such a name. */
  public static boolean isName(String name) {
    if (name.isEmpty() || name.length() > MAX_NAME - 2) {
      return false;
    }
    for (String label : name.split("\\.", -1)) {
      if (label.isEmpty() || label.length() > MAX_LABEL) {
        return false;
      }
    }
    return StandardCharsets.US_ASCII.newEncoder().canEncode(name);
  }

  /**
   * Makes a query.
   *
   * @param name for which {@link #isName} holds
   */
  public static byte[] query(int id, String name, int type) {
    ByteBuffer out = ByteBuffer.allocate(HEADER + name.length() + 6);
    out.putShort((short) id).putShort((short) RECURSION_DESIRED);
    out.putShort((short) 1).putShort((short) 0).putInt(0);
    for (String label : name.split("\\.")) {
      out.put((byte) label.length()).put(label.getBytes(StandardCharsets.US_ASCII));
    }
    out.put((byte) 0).putShort((short) type).putShort((short) INTERNET);
    return out.array();
  }
}
