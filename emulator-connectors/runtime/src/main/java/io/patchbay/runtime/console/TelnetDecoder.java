package io.patchbay.runtime.console;

import java.io.ByteArrayOutputStream;

/**
 * Takes telnet commands (RFC 854, options by RFC 855) out of a stream, piece by piece. One instance
 * per connection and direction; not for several threads.
 */
final class TelnetDecoder {
  static final int IAC = 255;
  static final int DONT = 254;
  static final int DO = 253;
  static final int WONT = 252;
  static final int WILL = 251;
  private static final int SB = 250;
  private static final int SE = 240;
  static final int ECHO = 1;
  static final int SUPPRESS_GO_AHEAD = 3;

  private enum State {
    DATA,
    COMMAND,
    OPTION,
    SUBNEGOTIATION,
    SUBNEGOTIATION_COMMAND
  }

  private final boolean lineEnds;
  private State state = State.DATA;
  private boolean afterReturn;

  /**
   * @param lineEnds whether CR NUL and CR LF, telnet's line ends, become a plain CR, which is what
   *     a terminal sends
   */
  TelnetDecoder(boolean lineEnds) {
    this.lineEnds = lineEnds;
  }

  /** The data among the first {@code length} bytes. */
  byte[] decode(byte[] input, int length) {
    ByteArrayOutputStream data = new ByteArrayOutputStream(length);
    for (int i = 0; i < length; i++) {
      step(input[i] & 0xff, data);
    }
    return data.toByteArray();
  }

  private void step(int octet, ByteArrayOutputStream data) {
    switch (state) {
      case DATA -> {
        if (octet == IAC) {
          state = State.COMMAND;
        } else {
          data(octet, data);
        }
      }
      case COMMAND -> {
        switch (octet) {
          case IAC -> {
            state = State.DATA;
            data(octet, data);
          }
          case DO, DONT, WILL, WONT -> state = State.OPTION;
          case SB -> state = State.SUBNEGOTIATION;
          default -> state = State.DATA;
        }
      }
      case OPTION -> state = State.DATA;
      case SUBNEGOTIATION -> {
        if (octet == IAC) {
          state = State.SUBNEGOTIATION_COMMAND;
        }
      }
      case SUBNEGOTIATION_COMMAND -> state = octet == SE ? State.DATA : State.SUBNEGOTIATION;
    }
  }

  private void data(int octet, ByteArrayOutputStream data) {
    boolean completes = lineEnds && afterReturn && (octet == '\n' || octet == 0);
    afterReturn = octet == '\r';
    if (!completes) {
      data.write(octet);
    }
  }
}
