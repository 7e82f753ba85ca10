package io.patchbay.runtime.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TelnetDecoderTest {
  private static final String IAC = "\u00ff";

  /** Latin-1 text in pieces, as a connection may bring it. */
  private static String decode(boolean lineEnds, String... pieces) {
    TelnetDecoder decoder = new TelnetDecoder(lineEnds);
    StringBuilder data = new StringBuilder();
    for (String piece : pieces) {
      byte[] bytes = piece.getBytes(StandardCharsets.ISO_8859_1);
      data.append(new String(decoder.decode(bytes, bytes.length), StandardCharsets.ISO_8859_1));
    }
    return data.toString();
  }

  @Test
  void dataStaysAsItIs() {
    assertEquals("ping 10.0.0.1\r\n\u0000", decode(false, "ping 10.0.0.1\r\n\u0000"));
  }

  @Test
  void commandsAreTakenOutWhereverTheStreamIsCut() {
    String all =
        "a" + IAC + "\u00fd\u0001b" + IAC + "\u00fa\u0018x" + IAC + "\u00f0c" + IAC + "\u00f1d";
    assertEquals("abcd", decode(false, all));
    assertEquals("abcd", decode(false, all.split("")));
  }

  @Test
  void doubledByteIsData() {
    assertEquals(IAC, decode(false, IAC + IAC));
    assertEquals("x" + IAC + "y", decode(false, "x" + IAC, IAC + "y"));
  }

  @Test
  void subnegotiationMayHoldTheDoubledByte() {
    assertEquals("", decode(false, IAC + "\u00fa\u0018" + IAC + IAC + "more" + IAC + "\u00f0"));
  }

  @Test
  void lineEndsOfTelnetBecomeReturns() {
    assertEquals("a\rb\rc\rd\ne", decode(true, "a\r\nb\r\u0000c\rd\ne"));
    assertEquals("a\rb", decode(true, "a\r", "\nb"));
  }
}
