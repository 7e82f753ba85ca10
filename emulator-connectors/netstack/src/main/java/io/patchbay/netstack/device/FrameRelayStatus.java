package io.patchbay.netstack.device;

import io.patchbay.netstack.wire.Frame;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;

/**
 * Answers the status enquiries of routers: ANSI T1.617 annex D, in which a router asks now and then
 * whether the link is alive and which circuits there are.
 */
final class FrameRelayStatus {
  // DLCI 0, unnumbered information, Q.931's discriminator, no call, and the message's type.
  private static final byte[] ENQUIRY = {0x00, 0x01, 0x03, 0x08, 0x00, 0x75, (byte) 0x95};
  private static final int MESSAGE_TYPE = 5;
  private static final int STATUS = 0x7d;
  private static final int REPORT = 0x01;
  private static final int FULL_REPORT = 0;
  private static final int KEEPALIVE_REPORT = 1;
  private static final int KEEPALIVE = 0x03;
  private static final int CIRCUIT = 0x07;
  private static final int ACTIVE = 0x82;

  /** As many as there are numbers, so that the answer fits into a frame. */
  private static final int MOST_CIRCUITS = 1023;

  private FrameRelayStatus() {}

  /**
   * @param known the circuits of this port, in ascending order
   * @return empty if it is no enquiry
   */
  static Optional<byte[]> answer(Frame frame, List<Integer> known) {
    if (!isEnquiry(frame)) {
      return Optional.empty();
    }
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    answer.write(ENQUIRY, 0, ENQUIRY.length);
    int report = -1;
    boolean counted = false;
    int at = ENQUIRY.length;
    while (at + 2 < frame.length()) {
      int element = frame.octet(at) & 0xff;
      int size = frame.octet(at + 1) & 0xff;
      if (at + 2 + size > frame.length()) {
        return Optional.empty();
      }
      if (element == REPORT && size == 1 && report < 0) {
        report = frame.octet(at + 2) & 0xff;
        write(answer, REPORT, 1, report);
      } else if (element == KEEPALIVE && size == 2 && !counted) {
        counted = true;
        count(answer, frame.octet(at + 2) & 0xff, frame.octet(at + 3) & 0xff);
      } else {
        break;
      }
      at += 2 + size;
    }
    if (!counted || report != FULL_REPORT && report != KEEPALIVE_REPORT) {
      return Optional.empty();
    }
    if (report == FULL_REPORT) {
      known.stream().limit(MOST_CIRCUITS).forEach(dlci -> write(answer, dlci));
    }
    byte[] content = answer.toByteArray();
    content[MESSAGE_TYPE] = STATUS;
    return Optional.of(content);
  }

  private static boolean isEnquiry(Frame frame) {
    if (frame.length() <= ENQUIRY.length) {
      return false;
    }
    for (int i = 0; i < ENQUIRY.length; i++) {
      if (frame.octet(i) != ENQUIRY[i]) {
        return false;
      }
    }
    return true;
  }

  /** Each side says its own number and the last one of the other; 0 means none yet. */
  private static void count(ByteArrayOutputStream answer, int theirs, int lastOfOurs) {
    write(answer, KEEPALIVE, 2, lastOfOurs % 255 + 1, theirs);
  }

  private static void write(ByteArrayOutputStream answer, int dlci) {
    write(answer, CIRCUIT, 3, dlci >> 4, 0x80 | (dlci & 0x0f) << 3, ACTIVE);
  }

  private static void write(ByteArrayOutputStream answer, int... octets) {
    for (int octet : octets) {
      answer.write(octet);
    }
  }
}
