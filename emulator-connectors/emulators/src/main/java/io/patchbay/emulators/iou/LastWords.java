package io.patchbay.emulators.iou;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** The end of what a program printed, to be told when it has ended. Thread-safe. */
final class LastWords implements Consumer<byte[]> {
  private static final int KEPT = 1000;

  private final StringBuilder text = new StringBuilder();

  @Override
  public synchronized void accept(byte[] printed) {
    text.append(new String(printed, StandardCharsets.ISO_8859_1));
    if (text.length() > KEPT) {
      text.delete(0, text.length() - KEPT);
    }
  }

  @Override
  public synchronized String toString() {
    return text.toString().replaceAll("[\\p{Cntrl}&&[^\\n]]", "").strip();
  }
}
