package io.patchbay.runtime.console;

import java.io.ByteArrayOutputStream;

/** What both sides of a telnet console say besides data (RFC 854, 857, 858). */
final class TelnetBytes {
  private static final byte IAC = (byte) TelnetDecoder.IAC;

  private TelnetBytes() {}

  /** A server's first words: it echoes, and both sides talk at once, character by character. */
  static byte[] serverGreeting() {
    return new byte[] {
      IAC, (byte) TelnetDecoder.WILL, TelnetDecoder.ECHO,
      IAC, (byte) TelnetDecoder.WILL, TelnetDecoder.SUPPRESS_GO_AHEAD,
      IAC, (byte) TelnetDecoder.DO, TelnetDecoder.SUPPRESS_GO_AHEAD
    };
  }

  /** A client's answer to such a server. */
  static byte[] clientGreeting() {
    return new byte[] {
      IAC, (byte) TelnetDecoder.WONT, TelnetDecoder.ECHO,
      IAC, (byte) TelnetDecoder.DO, TelnetDecoder.ECHO,
      IAC, (byte) TelnetDecoder.WILL, TelnetDecoder.SUPPRESS_GO_AHEAD,
      IAC, (byte) TelnetDecoder.DO, TelnetDecoder.SUPPRESS_GO_AHEAD
    };
  }

  /** Data with every 255 doubled, as telnet wants it. */
  static byte[] escape(byte[] data) {
    ByteArrayOutputStream escaped = new ByteArrayOutputStream(data.length);
    for (byte octet : data) {
      escaped.write(octet);
      if (octet == IAC) {
        escaped.write(octet);
      }
    }
    return escaped.toByteArray();
  }
}
